package dev.gengap.compute.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.Operation;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.Precision;
import dev.gengap.compute.RowSource;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensors and their views, roles, and what belongs to whom. */
public abstract class WorkspaceConformance extends ConformanceBase {

  @Test
  void precisions_everyBackend_haveFloat32() {
    assertThat(precisions()).contains(Precision.FLOAT32);
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void allocate_everyRole_givesZeros(Precision precision) {
    for (TensorRole role : TensorRole.values()) {
      Tensor tensor = workspace(precision).allocate(role, 2, 3, 1, 4);
      assertThat(tensor.shape()).containsExactly(2, 3, 1, 4);
      assertThat(Numbers.of(tensor)).containsOnly(0).hasSize(24);
    }
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void views_ofViews_shareTheirNumbers(Precision precision) {
    Tensor whole = workspace(precision).allocate(TensorRole.PARAMETERS, 10);
    Tensor view = whole.view(3, 2, 2);
    view.write(new float[] {1, 2, 3, 4}, 4);
    view.firstRows(1).write(new double[] {5, 6}, 2);
    view.view(2, 2).view(1, 1).write(new double[] {7}, 1);
    float[] read = new float[10];
    whole.read(read, 10);
    assertThat(read).containsExactly(0, 0, 0, 5, 6, 3, 7, 0, 0, 0);
    assertThat(Numbers.of(view)).containsExactly(5, 6, 3, 7);
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void view_thatDoesNotLieWithin_isRefused(Precision precision) {
    Tensor whole = workspace(precision).allocate(TensorRole.PARAMETERS, 10);
    Tensor view = whole.view(3, 2, 2);
    assertThatThrownBy(() -> whole.view(8, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> whole.view(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> view.view(2, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> view.firstRows(3)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void writeAndRead_someElements_leaveTheRest(Precision precision) {
    Tensor tensor = workspace(precision).allocate(TensorRole.INPUT, 2, 2);
    tensor.write(new float[] {1, 2, 3, 4, 9}, 4);
    tensor.write(new double[] {5, 6}, 1);
    double[] into = {-1, -1, -1, -1};
    tensor.read(into, 3);
    assertThat(into).containsExactly(5, 2, 3, -1);
    float[] floats = {-1, -1, -1};
    tensor.read(floats, 2);
    assertThat(floats).containsExactly(5, 2, -1);
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void write_rowsMadeOnDemand_replacesTheFirst(Precision precision) {
    Tensor tensor = workspace(precision).allocate(TensorRole.INPUT, 40, 2, 2, 1200);
    int columns = tensor.columns();
    float[] values = new float[columns * 39];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 9973;
    }
    tensor.write(RowSource.of(values, columns), 39);
    double[] into = new double[tensor.size()];
    tensor.read(into, tensor.size());
    for (int i = 0; i < into.length; i++) {
      assertThat(into[i]).isEqualTo(i < values.length ? values[i] : 0);
    }
    assertThatThrownBy(() -> tensor.write(RowSource.of(values, columns), 41))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void input_writtenBeforeEachRun_isWhatIsComputedWith(Precision precision) {
    Workspace workspace = workspace(precision);
    Tensor input = workspace.allocate(TensorRole.INPUT, 2, 3);
    Tensor weights = workspace.allocate(TensorRole.PARAMETERS, 3, 1);
    Tensor hidden = workspace.allocate(TensorRole.ACTIVATIONS, 2, 1);
    Tensor readOut = workspace.allocate(TensorRole.READ_OUT, 2, 1);
    weights.write(new double[] {1, 10, 100}, 3);
    Operation operation =
        workspace.prepare(
            List.of(
                new Matmul(Factor.of(input), Factor.of(weights), 0, hidden),
                new Accumulate(hidden, Accumulator.adding(readOut))));
    input.write(new float[] {1, 2, 3, 4, 5, 6}, 6);
    operation.run();
    assertThat(Numbers.of(readOut)).containsExactly(321, 654);
    input.write(new float[] {7, 8, 9}, 3);
    operation.run();
    assertThat(Numbers.of(readOut)).containsExactly(321 + 987, 654 + 654);
    weights.write(new double[] {0, 0, 1}, 3);
    readOut.write(new double[] {0, 0}, 2);
    operation.run();
    assertThat(Numbers.of(readOut)).containsExactly(9, 6);
  }

  @Test
  void workspace_closed_refusesEverything() {
    Workspace workspace = newWorkspace(Precision.FLOAT32);
    Tensor tensor = workspace.allocate(TensorRole.ACTIVATIONS, 2, 2);
    Operation relu = workspace.prepare(Activate.inPlace(new Activation.Relu(), tensor));
    relu.run();
    workspace.close();
    workspace.close();
    assertThatThrownBy(relu::run).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tensor.read(new float[4], 4))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tensor.write(new float[4], 4))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> workspace.allocate(TensorRole.INPUT, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> workspace.prepareCrossEntropy(tensor, tensor))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void prepare_tensorOfAnotherWorkspace_isRefused() {
    Workspace workspace = workspace(Precision.FLOAT32);
    Tensor own = workspace.allocate(TensorRole.ACTIVATIONS, 2, 2);
    try (Workspace other = newWorkspace(Precision.FLOAT32)) {
      Tensor foreign = other.allocate(TensorRole.ACTIVATIONS, 2, 2);
      assertThatThrownBy(() -> workspace.prepare(Activate.inPlace(new Activation.Relu(), foreign)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> workspace.prepare(new Accumulate(own, Accumulator.adding(foreign))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> workspace.prepareCrossEntropy(own, foreign))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> workspace.prepareSgdUpdate(own, foreign, 0))
          .isInstanceOf(IllegalArgumentException.class);
      UpdateRule sgd = new UpdateRule.Sgd(0, false, 0);
      assertThatThrownBy(() -> workspace.prepareUpdate(sgd, own, own, List.of(foreign)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
