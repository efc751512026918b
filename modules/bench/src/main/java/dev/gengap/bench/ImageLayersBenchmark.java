package dev.gengap.bench;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.NormalisationOperation.AffineGradients;
import dev.gengap.compute.NormalisationOperation.BatchNorm;
import dev.gengap.compute.NormalisationOperation.BatchNormBackward;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.LocalResponseNorm;
import dev.gengap.compute.NormalisationOperation.LocalResponseNormBackward;
import dev.gengap.compute.NormalisationOperation.Response;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.compute.Operation;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.PoolingOperation.MaxPool;
import dev.gengap.compute.PoolingOperation.MaxPoolBackward;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.Window;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What lies between convolutions, on (128, 64, 28, 28): bound by memory, not by arithmetic. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class ImageLayersBenchmark {
  private static final int[] SHAPE = {128, 64, 28, 28};

  /** The layer. */
  @Param({"batch_norm+relu", "relu", "max_pool2d", "local_response_norm"})
  public String layer;

  private Device device;
  private Tensor x;
  private Tensor dx;
  private Operation forward;
  private Operation backward;

  /** Prepares both directions. */
  @Setup
  public void prepare(Device on) {
    device = on;
    x = device.tensor(SHAPE);
    dx = device.tensor(SHAPE);
    switch (layer) {
      case "batch_norm+relu" -> batchNorm();
      case "relu" -> relu();
      case "max_pool2d" -> maxPool();
      case "local_response_norm" -> localResponseNorm();
      default -> throw new IllegalArgumentException("layer: " + layer + " (expected: a known one)");
    }
  }

  /** Forward in training. */
  @Benchmark
  public void forward() {
    forward.run();
  }

  /** Backward. */
  @Benchmark
  public void backward() {
    backward.run();
  }

  private void batchNorm() {
    Tensor y = device.tensor(SHAPE);
    Tensor dy = device.tensor(SHAPE);
    Tensor scale = channels();
    Saved saved = new Saved(channels(), channels());
    BatchStatistics statistics = new BatchStatistics(scale, channels(), channels(), channels());
    AffineGradients affine =
        new AffineGradients(Accumulator.replacing(channels()), Accumulator.replacing(channels()));
    Activation relu = new Activation.Relu();
    prepare(
        List.of(new BatchNorm(x, statistics, 0.1, 1e-5, saved, y), Activate.inPlace(relu, y)),
        List.of(
            ActivateBackward.inPlace(relu, y, dy),
            new BatchNormBackward(
                x, scale, saved, dy, affine, Optional.of(Accumulator.replacing(dx)))));
  }

  private void relu() {
    Activation relu = new Activation.Relu();
    prepare(List.of(Activate.inPlace(relu, x)), List.of(ActivateBackward.inPlace(relu, x, dx)));
  }

  private void maxPool() {
    Window window = Window.square(3, 2, 1);
    Tensor y = device.tensor(128, 64, 14, 14);
    Tensor dy = device.tensor(128, 64, 14, 14);
    prepare(
        List.of(new MaxPool(x, window, y)),
        List.of(new MaxPoolBackward(x, y, window, dy, Accumulator.replacing(dx))));
  }

  private void localResponseNorm() {
    Response response = new Response(9, 0.001, 0.75, 1);
    Tensor y = device.tensor(SHAPE);
    Tensor dy = device.tensor(SHAPE);
    prepare(
        List.of(new LocalResponseNorm(x, response, y)),
        List.of(new LocalResponseNormBackward(x, y, response, dy, Accumulator.replacing(dx))));
  }

  private void prepare(List<TensorOperation> forwards, List<TensorOperation> backwards) {
    forward = device.workspace().prepare(forwards);
    backward = device.workspace().prepare(backwards);
  }

  private Tensor channels() {
    return device.tensor(SHAPE[1]);
  }
}
