package dev.gengap.cli.bench;

import dev.gengap.compute.Backend;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;

/**
 * Times the product of an (m, k) and a (k, n) matrix in float32.
 *
 * @param m rows of the result
 * @param n columns of the result
 * @param k what is summed over
 */
public record GemmBenchmark(int m, int n, int k) {
  private static final int WARM_UP = 2;

  /** Of two square matrices of {@code size} rows. */
  public static GemmBenchmark square(int size) {
    return new GemmBenchmark(size, size, size);
  }

  /** The rate of {@code backend} [GFLOP/s], from the median of a few products. */
  public double rate(Backend backend) throws InterruptedException {
    return gigaflops(timings(backend, 5));
  }

  Timings timings(Backend backend, int repetitions) throws InterruptedException {
    try (Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      Tensor left = workspace.allocate(TensorRole.PARAMETERS, m, k);
      Tensor right = workspace.allocate(TensorRole.PARAMETERS, k, n);
      Tensor out = workspace.allocate(TensorRole.READ_OUT, m, n);
      left.write(BenchmarkNumbers.of(m * k, 1), m * k);
      right.write(BenchmarkNumbers.of(k * n, 2), k * n);
      Operation product = workspace.prepare(new Matmul(Factor.of(left), Factor.of(right), 0, out));
      float[] first = new float[1];
      return Timings.of(
          () -> {
            product.run();
            out.read(first, 1); // a device may still be at work when run() returns
          },
          WARM_UP,
          repetitions);
    }
  }

  double gigaflops(Timings timings) {
    return 2.0 * m * n * k / timings.medianMillis() / 1e6;
  }
}
