package dev.gengap.bench;

import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Tensor;
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

/** The three products of a linear layer on a batch of 128. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class MatmulBenchmark {
  private static final int BATCH = 128;

  /** (in, out) of the layer. */
  @Param({"2352x512", "512x512", "512x10"})
  public String layer;

  private Operation forward;
  private Operation weightGradient;
  private Operation inputGradient;

  /** Prepares the products. */
  @Setup
  public void prepare(Device device) {
    int in = Integer.parseInt(layer.substring(0, layer.indexOf('x')));
    int out = Integer.parseInt(layer.substring(layer.indexOf('x') + 1));
    Tensor x = device.tensor(BATCH, in);
    Tensor w = device.tensor(out, in);
    Tensor y = device.tensor(BATCH, out);
    Tensor dw = device.tensor(out, in);
    Tensor dx = device.tensor(BATCH, in);
    forward = device.workspace().prepare(new Matmul(Factor.of(x), Factor.transposed(w), 0, y));
    weightGradient =
        device.workspace().prepare(new Matmul(Factor.transposed(y), Factor.of(x), 0, dw));
    inputGradient = device.workspace().prepare(new Matmul(Factor.of(y), Factor.of(w), 0, dx));
  }

  /** y = x Wᵀ. */
  @Benchmark
  public void forward() {
    forward.run();
  }

  /** ∂W = ∂yᵀ x. */
  @Benchmark
  public void weightGradient() {
    weightGradient.run();
  }

  /** ∂x = ∂y W. */
  @Benchmark
  public void inputGradient() {
    inputGradient.run();
  }
}
