package dev.gengap.compute.aparapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.DeviceException;
import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.Operation;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AparapiBackendTest {

  private static AparapiBackend backend(boolean serial) {
    return AparapiBackend.create(serial ? OpenCl.serial() : OpenCl.grouped());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void create_kernel_isTranslatedAndRuns(boolean serial) {
    // Aparapi never ends on a kernel that was compiled without a local variable table.
    assertTimeoutPreemptively(Duration.ofMinutes(5), () -> backend(serial).close());
  }

  @Test
  void info_device_saysWhatComputes() {
    AparapiDevice device = OpenCl.device();
    try (AparapiBackend backend = AparapiBackend.create(device)) {
      assertThat(backend.info().name()).isEqualTo("aparapi");
      assertThat(backend.info().device())
          .contains(device.type().name(), device.name(), device.platform());
    }
  }

  @Test
  void newWorkspace_float64_isRefused() {
    try (AparapiBackend backend = backend(true)) {
      assertThat(backend.precisions()).containsExactly(Precision.FLOAT32);
      assertThatThrownBy(() -> backend.newWorkspace(Precision.FLOAT64))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void newWorkspace_closed_isRefused() {
    AparapiBackend backend = backend(true);
    backend.close();
    assertThatThrownBy(() -> backend.newWorkspace(Precision.FLOAT32))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allocate_afterARun_keepsWhatTheDeviceHolds(boolean serial) {
    try (AparapiBackend backend = backend(serial);
        Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      Tensor first = filled(workspace, 6_000_000, 2);
      Tensor sum = workspace.allocate(TensorRole.ACTIVATIONS, 6_000_000);
      workspace.prepare(new Accumulate(first, Accumulator.adding(sum))).run();
      Tensor second = filled(workspace, 9_000_000, 3);
      Tensor part = second.view(100, 6_000_000);
      workspace.prepare(new Accumulate(part, Accumulator.adding(sum))).run();
      assertThat(numbers(sum)).containsOnly(5);
      assertThat(numbers(second)).containsOnly(3);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_amidCollections_keepsWhatTheDeviceHolds(boolean serial) {
    try (AparapiBackend backend = backend(serial);
        Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      Tensor one = filled(workspace, 1000, 1);
      Tensor sum = workspace.allocate(TensorRole.ACTIVATIONS, 1000);
      Operation add = workspace.prepare(new Accumulate(one, Accumulator.adding(sum)));
      for (int i = 0; i < 4; i++) {
        add.run();
        System.gc();
      }
      assertThat(numbers(sum)).containsOnly(4);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void prepare_productBiasAndRelu_areOneWithTheSameResult(boolean serial) {
    try (AparapiBackend backend = backend(serial);
        Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      Factor left = Factor.of(ramp(workspace, 70, 33));
      Factor right = Factor.of(ramp(workspace, 33, 130));
      Tensor bias = ramp(workspace, 1, 130).view(0, 130);
      Tensor together = workspace.allocate(TensorRole.ACTIVATIONS, 70, 130);
      Tensor apart = workspace.allocate(TensorRole.ACTIVATIONS, 70, 130);
      Activation relu = new Activation.Relu();
      workspace
          .prepare(
              List.of(
                  new Matmul(left, right, 0, together),
                  new AddBias(together, bias),
                  Activate.inPlace(relu, together)))
          .run();
      workspace.prepare(new Matmul(left, right, 0, apart)).run();
      workspace.prepare(new AddBias(apart, bias)).run();
      workspace.prepare(Activate.inPlace(relu, apart)).run();
      assertThat(numbers(together))
          .isEqualTo(numbers(apart))
          .contains(0)
          .isNotEqualTo(new float[1]);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_warm_allocatesNextToNothing(boolean serial) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (AparapiBackend backend = backend(serial);
        Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      Tensor values = filled(workspace, 100, 1);
      Operation relu = workspace.prepare(Activate.inPlace(new Activation.Relu(), values));
      for (int i = 0; i < 200; i++) {
        relu.run();
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 200; i++) {
        relu.run();
      }
      assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 200).isLessThan(1024);
    }
  }

  @Test
  void allocate_moreThanAnArrayOfAparapiHolds_isTheDevicesFault() {
    try (AparapiBackend backend = backend(true);
        Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      assertThatThrownBy(() -> workspace.allocate(TensorRole.ACTIVATIONS, 1 << 29))
          .isInstanceOf(DeviceException.class)
          .hasMessageStartingWith("memory: 2048 MiB (expected: at most ");
    }
  }

  private static Tensor filled(Workspace workspace, int size, float value) {
    Tensor tensor = workspace.allocate(TensorRole.ACTIVATIONS, size);
    float[] values = new float[size];
    Arrays.fill(values, value);
    tensor.write(values, size);
    return tensor;
  }

  private static Tensor ramp(Workspace workspace, int rows, int columns) {
    Tensor tensor = workspace.allocate(TensorRole.ACTIVATIONS, rows, columns);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 17 - 8;
    }
    tensor.write(values, values.length);
    return tensor;
  }

  private static float[] numbers(Tensor tensor) {
    float[] values = new float[tensor.size()];
    tensor.read(values, values.length);
    return values;
  }
}
