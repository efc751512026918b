package dev.gengap.compute.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.Backend;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.core.UserError;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

class Nd4jBackendTest {

  @Test
  void info_open_tellsWhatDecidesTheBits() {
    try (Backend backend = Nd4jBackend.create(2)) {
      assertThat(backend.info().name()).isEqualTo("nd4j");
      assertThat(backend.info().version()).isEqualTo("1.0.0-M2.1");
      assertThat(backend.info().threads()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 1, 2})
  void newWorkspace_threads_areThoseOfTheLibraries(int threads) {
    try (Backend backend = Nd4jBackend.create(threads);
        Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      assertThat(workspace.precision()).isEqualTo(Precision.FLOAT32);
      assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(threads);
      assertThat(NativeLibrary.functions().ompGetMaxThreads()).isEqualTo(threads);
      assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
    }
  }

  @Test
  void create_moreThreadsThanProcessors_isRefused() {
    assertThatThrownBy(() -> Nd4jBackend.create(10_000))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("threads: 10000 (expected: 1 … ");
  }

  @Test
  void create_anotherNumberOfThreadsBesideAnOpenOne_isRefused() {
    try (Backend backend = Nd4jBackend.create(1)) {
      assertThatThrownBy(() -> Nd4jBackend.create(2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("threads: 2 (expected: 1");
      try (Backend same = Nd4jBackend.create(backend.info().threads())) {
        assertThat(same.info()).isEqualTo(backend.info());
      }
    }
    try (Backend other = Nd4jBackend.create(2)) {
      assertThat(other.info().threads()).isEqualTo(2);
    }
  }

  @Test
  void create_noThreads_isRefused() {
    assertThatThrownBy(() -> Nd4jBackend.create(0)).hasMessage("threads: 0 (expected: >= 1)");
  }

  @Test
  void newWorkspace_closed_isRefused() {
    Backend backend = Nd4jBackend.create(2);
    backend.close();
    backend.close();
    assertThatThrownBy(() -> backend.newWorkspace(Precision.FLOAT32))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void matmul_severalThreadsAtOnce_giveTheSameBits() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try (Backend backend = Nd4jBackend.create(2)) {
      Callable<Set<Float>> task = () -> products(backend);
      Set<Float> found = new TreeSet<>();
      for (Future<Set<Float>> future : pool.invokeAll(List.of(task, task, task))) {
        found.addAll(future.get());
      }
      assertThat(found).hasSize(1);
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void run_manyTimes_makesNothingNative() {
    try (Backend backend = Nd4jBackend.create(2);
        Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      Tensor square = workspace.allocate(TensorRole.ACTIVATIONS, 8, 8);
      Operation operation =
          workspace.prepare(new Matmul(Factor.of(square), Factor.of(square), 1, square));
      operation.run();
      long before = Pointer.totalBytes();
      IntStream.range(0, 1000).forEach(i -> operation.run());
      assertThat(Pointer.totalBytes()).isEqualTo(before);
    }
  }

  /** One element of the same product, from 30 runs in a workspace of the calling thread. */
  private static Set<Float> products(Backend backend) {
    try (Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      Tensor left = filled(workspace, 64, 2352);
      Tensor right = filled(workspace, 100, 2352);
      Tensor out = workspace.allocate(TensorRole.READ_OUT, 64, 100);
      Operation operation =
          workspace.prepare(new Matmul(Factor.of(left), Factor.transposed(right), 0, out));
      Set<Float> found = new TreeSet<>();
      float[] values = new float[out.size()];
      for (int i = 0; i < 30; i++) {
        operation.run();
        out.read(values, values.length);
        found.add(values[values.length / 2 + 7]);
      }
      return found;
    }
  }

  private static Tensor filled(Workspace workspace, int rows, int columns) {
    Tensor tensor = workspace.allocate(TensorRole.ACTIVATIONS, rows, columns);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    tensor.write(values, values.length);
    return tensor;
  }
}
