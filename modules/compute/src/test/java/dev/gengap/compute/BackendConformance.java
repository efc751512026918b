package dev.gengap.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.TensorOperation.AddBias;
import dev.gengap.compute.TensorOperation.ColumnSum;
import dev.gengap.compute.TensorOperation.Factor;
import dev.gengap.compute.TensorOperation.Matmul;
import dev.gengap.compute.TensorOperation.Relu;
import dev.gengap.compute.TensorOperation.ReluBackward;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every backend must do: each operation's value in both precisions, and its gradient against
 * finite differences in float64, on ordinary and on odd shapes. A backend's module extends it.
 */
public abstract class BackendConformance {
  private final List<Workspace> open = new ArrayList<>();
  private Backend backend;

  /** A new backend; closed by the suite. */
  protected abstract Backend newBackend();

  @BeforeEach
  void openBackend() {
    backend = newBackend();
  }

  @AfterEach
  void closeBackend() {
    open.forEach(Workspace::close);
    backend.close();
  }

  static Stream<Arguments> shapes() {
    return Stream.of(Precision.values())
        .flatMap(
            precision ->
                Stream.of(
                        new int[] {1, 1, 1},
                        new int[] {1, 5, 3},
                        new int[] {3, 1, 2},
                        new int[] {2, 7, 1},
                        new int[] {17, 13, 11},
                        new int[] {128, 20, 10},
                        new int[] {40, 257, 65})
                    .map(s -> Arguments.of(precision, s[0], s[1], s[2])));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void matmul_everyTransposition_isTheProduct(Precision precision, int n, int k, int m) {
    Workspace workspace = workspace(precision);
    TestMatrix left = TestMatrix.filled(1, n, k);
    TestMatrix right = TestMatrix.filled(2, k, m);
    for (boolean transposeLeft : new boolean[] {false, true}) {
      for (boolean transposeRight : new boolean[] {false, true}) {
        Tensor out = tensor(workspace, TestMatrix.filled(3, n, m));
        Factor a = factor(workspace, left, transposeLeft);
        Factor b = factor(workspace, right, transposeRight);
        workspace.prepare(new Matmul(a, b, 0, out)).run();
        assertClose(workspace, out, left.times(right));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void matmul_keep_accumulates(Precision precision, int n, int k, int m) {
    Workspace workspace = workspace(precision);
    TestMatrix left = TestMatrix.filled(1, k, n);
    TestMatrix right = TestMatrix.filled(2, k, m);
    TestMatrix before = TestMatrix.filled(3, n, m);
    Tensor out = tensor(workspace, before);
    Operation operation =
        workspace.prepare(
            new Matmul(
                Factor.transposed(tensor(workspace, left)),
                Factor.of(tensor(workspace, right)),
                0.5,
                out));
    operation.run();
    operation.run();
    TestMatrix product = left.transposed().times(right);
    assertClose(workspace, out, product.plus(0.5, product.plus(0.5, before)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void matmul_firstRows_leavesTheRest(Precision precision, int n, int k, int m) {
    Workspace workspace = workspace(precision);
    TestMatrix left = TestMatrix.filled(1, n + 2, k);
    TestMatrix right = TestMatrix.filled(2, m, k);
    TestMatrix before = TestMatrix.filled(3, n + 2, m);
    Tensor out = tensor(workspace, before);
    Tensor rows = out.firstRows(n);
    workspace
        .prepare(
            new Matmul(
                Factor.of(tensor(workspace, left).firstRows(n)),
                Factor.transposed(tensor(workspace, right)),
                0,
                rows))
        .run();
    TestMatrix product = left.times(right.transposed());
    System.arraycopy(before.values(), n * m, product.values(), n * m, 2 * m);
    assertClose(workspace, out, product);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void addBias_matrix_addsToEveryRow(Precision precision, int n, int k, int m) {
    Workspace workspace = workspace(precision);
    TestMatrix values = TestMatrix.filled(1, n * k, m);
    TestMatrix bias = TestMatrix.filled(2, 1, m);
    Tensor tensor = tensor(workspace, values);
    workspace.prepare(new AddBias(tensor, vector(workspace, bias))).run();
    assertClose(workspace, tensor, values.plus(1, bias));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void columnSum_keep_accumulates(Precision precision, int n, int k, int m) {
    Workspace workspace = workspace(precision);
    TestMatrix values = TestMatrix.filled(1, n, m);
    TestMatrix before = TestMatrix.filled(2, 1, m);
    Tensor sum = vector(workspace, before);
    workspace.prepare(new ColumnSum(tensor(workspace, values), 0.9, sum)).run();
    assertClose(workspace, sum, values.columnSums().plus(0.9, before));
    Tensor replaced = vector(workspace, before);
    workspace.prepare(new ColumnSum(tensor(workspace, values), 0, replaced)).run();
    assertClose(workspace, replaced, values.columnSums());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void relu_forwardAndBackward_passOnlyPositives(Precision precision, int n, int k, int m) {
    Workspace workspace = workspace(precision);
    TestMatrix values = TestMatrix.filled(1, n * k, m);
    TestMatrix gradient = TestMatrix.filled(2, n * k, m);
    Tensor output = tensor(workspace, values);
    Tensor passed = tensor(workspace, gradient);
    workspace.prepare(new Relu(output)).run();
    workspace.prepare(new ReluBackward(output, passed)).run();
    for (int i = 0; i < values.values().length; i++) {
      boolean positive = values.values()[i] > 0;
      values.values()[i] = positive ? values.values()[i] : 0;
      gradient.values()[i] = positive ? gradient.values()[i] : 0;
    }
    assertClose(workspace, output, values);
    assertClose(workspace, passed, gradient);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void linear_backward_isTheGradient(Precision ignored, int n, int k, int m) {
    Workspace workspace = workspace(Precision.FLOAT64);
    TestMatrix x = TestMatrix.filled(1, Math.min(n, 9), Math.min(k, 9));
    TestMatrix w = TestMatrix.filled(2, Math.min(m, 9), x.columns());
    TestMatrix b = TestMatrix.filled(3, 1, w.rows());
    TestMatrix direction = TestMatrix.filled(4, x.rows(), w.rows());
    Tensor dy = tensor(workspace, direction);
    Tensor dw = workspace.allocate(TensorRole.ACTIVATIONS, w.rows(), w.columns());
    Tensor dx = workspace.allocate(TensorRole.ACTIVATIONS, x.rows(), x.columns());
    Tensor db = workspace.allocate(TensorRole.ACTIVATIONS, w.rows());
    Tensor weight = tensor(workspace, w);
    Factor input = Factor.of(tensor(workspace, x));
    workspace.prepare(new Matmul(Factor.transposed(dy), input, 0, dw)).run();
    workspace.prepare(new Matmul(Factor.of(dy), Factor.of(weight), 0, dx)).run();
    workspace.prepare(new ColumnSum(dy, 0, db)).run();
    assertGradient(dx, x.differences(v -> linear(workspace, v, w, b).dot(direction)));
    assertGradient(dw, w.differences(v -> linear(workspace, x, v, b).dot(direction)));
    assertGradient(db, b.differences(v -> linear(workspace, x, w, v).dot(direction)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void crossEntropy_logits_givesLossAndGradientOfTheMean(
      Precision precision, int n, int ignored, int classes) {
    TestMatrix logits = TestMatrix.filled(1, n, classes).plus(4, TestMatrix.filled(2, n, classes));
    int[] labels = labels(n, classes);
    Workspace workspace = workspace(precision);
    Tensor gradient = workspace.allocate(TensorRole.ACTIVATIONS, n, classes);
    CrossEntropy loss = workspace.prepareCrossEntropy(tensor(workspace, logits), gradient);
    loss.run(labels);
    double[] losses = new double[n];
    loss.readLosses(losses);
    assertThat(loss.lossSum()).isCloseTo(lossSum(logits, labels), within(1e-4 * n));
    assertThat(Arrays.stream(losses).sum()).isCloseTo(loss.lossSum(), within(1e-9 * n));
    TestMatrix differences = logits.differences(z -> lossSum(z, labels) / n);
    assertThat(TestMatrix.of(gradient).distance(differences)).isLessThan(1e-6);
    assertThat(loss.correct()).isEqualTo(correct(logits, labels));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void crossEntropy_hugeLogits_staysFinite(Precision precision) {
    Workspace workspace = workspace(precision);
    TestMatrix logits = new TestMatrix(2, 2, new double[] {1e4, -1e4, 1e4, -1e4});
    Tensor gradient = workspace.allocate(TensorRole.ACTIVATIONS, 2, 2);
    CrossEntropy loss = workspace.prepareCrossEntropy(tensor(workspace, logits), gradient);
    loss.run(new int[] {0, 1});
    assertThat(loss.lossSum()).isEqualTo(2e4);
    assertThat(TestMatrix.of(gradient).values()).containsExactly(0, 0, 0.5, -0.5);
  }

  @Test
  void crossEntropy_labelOutOfRange_isRefused() {
    Workspace workspace = workspace(Precision.FLOAT32);
    Tensor logits = workspace.allocate(TensorRole.READ_OUT, 2, 3);
    Tensor gradient = workspace.allocate(TensorRole.ACTIVATIONS, 2, 3);
    CrossEntropy loss = workspace.prepareCrossEntropy(logits, gradient);
    assertThatThrownBy(() -> loss.run(new int[] {0, 3})).hasMessage("label: 3 (expected: 0 … 2)");
    assertThatThrownBy(() -> loss.run(new int[] {0})).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void sgdUpdate_weightDecay_movesVelocityThenWeights(Precision precision, int n, int k, int m) {
    Workspace workspace = workspace(precision);
    TestMatrix weights = TestMatrix.filled(1, n * k, m);
    TestMatrix velocity = TestMatrix.filled(2, n * k, m);
    Tensor w = tensor(workspace, weights);
    Tensor v = tensor(workspace, velocity);
    workspace.prepareSgdUpdate(w, v, 0.25).run(0.5);
    TestMatrix moved = velocity.plus(0.25, weights);
    assertClose(workspace, v, moved);
    assertClose(workspace, w, weights.plus(-0.5, moved));
    workspace.prepareSgdUpdate(w, v, 0).run(0.5);
    assertClose(workspace, v, moved);
    assertClose(workspace, w, weights.plus(-1, moved));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void tensor_views_shareTheirNumbers(Precision precision) {
    Tensor whole = workspace(precision).allocate(TensorRole.PARAMETERS, 10);
    Tensor view = whole.view(3, 2, 2);
    view.write(new float[] {1, 2, 3, 4}, 4);
    view.firstRows(1).write(new double[] {5, 6}, 2);
    float[] read = new float[10];
    whole.read(read, 10);
    assertThat(read).containsExactly(0, 0, 0, 5, 6, 3, 4, 0, 0, 0);
    assertThatThrownBy(() -> whole.view(8, 3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void operations_onUnalignedViews_areTheSame() {
    Workspace workspace = workspace(Precision.FLOAT32);
    TestMatrix left = TestMatrix.filled(1, 17, 13);
    TestMatrix right = TestMatrix.filled(2, 11, 13);
    Tensor arena = workspace.allocate(TensorRole.PARAMETERS, 1000);
    Tensor a = arena.view(1, 17, 13);
    Tensor b = arena.view(1 + 17 * 13 + 2, 11, 13);
    a.write(left.values(), left.values().length);
    b.write(right.values(), right.values().length);
    Tensor out = arena.view(501, 17, 11);
    workspace.prepare(new Matmul(Factor.of(a), Factor.transposed(b), 0, out)).run();
    assertClose(workspace, out, left.times(right.transposed()));
  }

  @Test
  void workspace_closed_refusesEverything() {
    Workspace workspace = backend.newWorkspace(Precision.FLOAT32);
    Tensor tensor = workspace.allocate(TensorRole.ACTIVATIONS, 2, 2);
    Operation relu = workspace.prepare(new Relu(tensor));
    workspace.close();
    workspace.close();
    assertThatThrownBy(relu::run).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tensor.read(new float[4], 4))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> workspace.allocate(TensorRole.INPUT, 1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void prepare_tensorOfAnotherWorkspace_isRefused() {
    Tensor foreign = workspace(Precision.FLOAT32).allocate(TensorRole.ACTIVATIONS, 2);
    Workspace workspace = workspace(Precision.FLOAT32);
    assertThatThrownBy(() -> workspace.prepare(new Relu(foreign)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Workspace workspace(Precision precision) {
    Workspace made = backend.newWorkspace(precision);
    open.add(made);
    return made;
  }

  private static Tensor tensor(Workspace workspace, TestMatrix matrix) {
    Tensor tensor = workspace.allocate(TensorRole.ACTIVATIONS, matrix.rows(), matrix.columns());
    tensor.write(matrix.values(), matrix.values().length);
    return tensor;
  }

  private static Tensor vector(Workspace workspace, TestMatrix row) {
    Tensor tensor = workspace.allocate(TensorRole.ACTIVATIONS, row.columns());
    tensor.write(row.values(), row.values().length);
    return tensor;
  }

  private static Factor factor(Workspace workspace, TestMatrix matrix, boolean transposed) {
    return new Factor(tensor(workspace, transposed ? matrix.transposed() : matrix), transposed);
  }

  private static TestMatrix linear(Workspace workspace, TestMatrix x, TestMatrix w, TestMatrix b) {
    Tensor y = workspace.allocate(TensorRole.ACTIVATIONS, x.rows(), w.rows());
    Factor weight = Factor.transposed(tensor(workspace, w));
    workspace.prepare(new Matmul(Factor.of(tensor(workspace, x)), weight, 0, y)).run();
    workspace.prepare(new AddBias(y, vector(workspace, b))).run();
    return TestMatrix.of(y);
  }

  private static int[] labels(int n, int classes) {
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = (i * 7 + 1) % classes;
    }
    return labels;
  }

  private static double lossSum(TestMatrix logits, int[] labels) {
    double total = 0;
    for (int i = 0; i < logits.rows(); i++) {
      double sum = 0;
      for (int k = 0; k < logits.columns(); k++) {
        sum += Math.exp(logits.at(i, k));
      }
      total += Math.log(sum) - logits.at(i, labels[i]);
    }
    return total;
  }

  private static int correct(TestMatrix logits, int[] labels) {
    int correct = 0;
    for (int i = 0; i < logits.rows(); i++) {
      int best = 0;
      for (int k = 1; k < logits.columns(); k++) {
        best = logits.at(i, k) > logits.at(i, best) ? k : best;
      }
      correct += best == labels[i] ? 1 : 0;
    }
    return correct;
  }

  /** Within what rounding leaves of some hundred products, relative to the largest element. */
  private static void assertClose(Workspace workspace, Tensor actual, TestMatrix expected) {
    double tolerance = workspace.precision() == Precision.FLOAT32 ? 1e-5 : 1e-13;
    assertThat(TestMatrix.of(actual).distance(expected))
        .isLessThan(tolerance * (1 + expected.largest()));
  }

  private static void assertGradient(Tensor actual, TestMatrix expected) {
    assertThat(TestMatrix.of(actual).distance(expected)).isLessThan(1e-7);
  }
}
