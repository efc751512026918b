package dev.gengap.cli.bench;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Backend;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.ConvolutionOperation.Gradients;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Window;
import dev.gengap.compute.Workspace;
import java.util.Optional;

/**
 * Times a convolution of square images and its three gradients in float32.
 *
 * @param batch images at once
 * @param in channels of the image
 * @param size height and width of the image [pixels]
 * @param out channels of the result
 * @param window kernel, stride and padding
 */
record ConvBenchmark(int batch, int in, int size, int out, Window window) {
  private static final int WARM_UP = 2;

  /** How long each direction takes. */
  record Result(Timings forward, Timings backward) {}

  /** The tensors of one convolution. */
  private record Tensors(Tensor x, Tensor w, Tensor b, Tensor y) {}

  Result run(Backend backend, int repetitions) throws InterruptedException {
    try (Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      Tensors values = tensors(workspace, TensorRole.READ_OUT);
      Tensors gradients = tensors(workspace, TensorRole.READ_OUT);
      Operation forward =
          workspace.prepare(
              new Convolve(values.x(), values.w(), Optional.of(values.b()), window, values.y()));
      Gradients into =
          new Gradients(
              Accumulator.replacing(gradients.w()),
              Optional.of(Accumulator.replacing(gradients.b())),
              Optional.of(Accumulator.replacing(gradients.x())));
      Operation backward =
          workspace.prepare(
              new ConvolveBackward(values.x(), values.w(), window, gradients.y(), into));
      return new Result(
          time(forward, values.y(), repetitions), time(backward, gradients.w(), repetitions));
    }
  }

  /** Multiply-adds of one direction, times two; the gradients take twice as many. */
  double forwardFlops() {
    double taps = (double) in * window.kernelHeight() * window.kernelWidth();
    return 2 * taps * batch * out * window.outputHeight(size) * window.outputWidth(size);
  }

  private Tensors tensors(Workspace workspace, TensorRole role) {
    Tensor x = workspace.allocate(role, batch, in, size, size);
    Tensor w = workspace.allocate(role, out, in, window.kernelHeight(), window.kernelWidth());
    Tensor b = workspace.allocate(role, out);
    Tensor y =
        workspace.allocate(role, batch, out, window.outputHeight(size), window.outputWidth(size));
    long id = 0;
    for (Tensor tensor : new Tensor[] {x, w, b, y}) {
      tensor.write(BenchmarkNumbers.of(tensor.size(), id++), tensor.size());
    }
    return new Tensors(x, w, b, y);
  }

  private static Timings time(Operation operation, Tensor result, int repetitions)
      throws InterruptedException {
    float[] first = new float[1];
    return Timings.of(
        () -> {
          operation.run();
          result.read(first, 1); // a device may still be at work when run() returns
        },
        WARM_UP,
        repetitions);
  }
}
