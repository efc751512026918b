package dev.gengap.bench;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.ConvolutionOperation.Gradients;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
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

/** Convolutions of the papers' networks on a batch of 128. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class ConvolutionBenchmark {
  private static final int BATCH = 128;

  /** in, out, image size, kernel, stride. */
  @Param({
    "3,96,28,3,1",
    "64,48,28,3,1",
    "96,32,28,1,1",
    "80,80,28,3,2",
    "160,112,14,1,1",
    "336,160,7,3,1",
    "64,64,14,5,1"
  })
  public String shape;

  private Operation forward;
  private Operation backward;

  /** Prepares both directions. */
  @Setup
  public void prepare(Device device) {
    String[] sizes = shape.split(",", -1);
    int in = Integer.parseInt(sizes[0]);
    int out = Integer.parseInt(sizes[1]);
    int size = Integer.parseInt(sizes[2]);
    int kernel = Integer.parseInt(sizes[3]);
    Window window = Window.square(kernel, Integer.parseInt(sizes[4]), kernel / 2);
    int outSize = window.outputHeight(size);
    Tensor x = device.tensor(BATCH, in, size, size);
    Tensor w = device.tensor(out, in, kernel, kernel);
    Tensor b = device.tensor(out);
    Tensor y = device.tensor(BATCH, out, outSize, outSize);
    Tensor dy = device.tensor(BATCH, out, outSize, outSize);
    Gradients gradients =
        new Gradients(
            Accumulator.replacing(device.tensor(out, in, kernel, kernel)),
            Optional.of(Accumulator.replacing(device.tensor(out))),
            Optional.of(Accumulator.replacing(device.tensor(BATCH, in, size, size))));
    forward = device.workspace().prepare(new Convolve(x, w, Optional.of(b), window, y));
    backward = device.workspace().prepare(new ConvolveBackward(x, w, window, dy, gradients));
  }

  /** y = x ⋆ W + b. */
  @Benchmark
  public void forward() {
    forward.run();
  }

  /** ∂W, ∂b and ∂x. */
  @Benchmark
  public void backward() {
    backward.run();
  }
}
