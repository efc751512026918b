package dev.gengap.compute.reference;

import static dev.gengap.compute.reference.Golden.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.ChannelOperation.JoinChannels;
import dev.gengap.compute.ChannelOperation.SplitChannels;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.ConvolutionOperation.Gradients;
import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.ColumnSum;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.PointwiseOperation.Multiply;
import dev.gengap.compute.PoolingOperation.AveragePool;
import dev.gengap.compute.PoolingOperation.AveragePoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPool;
import dev.gengap.compute.PoolingOperation.MaxPoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPoolTangent;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Layers by hand, and as PyTorch 2 computes them in float64. */
class ReferenceLayersTest {
  private final Golden golden = new Golden();

  @Test
  void matmul_byHand_isTheProductAndWhatStays() {
    Tensor left = golden.tensor(List.of(2, 3), 1, 2, 3, 4, 5, 6);
    Tensor right = golden.tensor(List.of(2, 3), 1, 0, -1, 2, 1, 0);
    Tensor out = golden.tensor(List.of(2, 2), 10, 20, 30, 40);
    golden.run(new Matmul(Factor.of(left), Factor.transposed(right), 0.5, out));
    assertHolds(out, 3, 14, 13, 33);
  }

  @Test
  void addBias_byHand_addsToEveryRow() {
    Tensor values = golden.tensor(List.of(2, 2), 3, 14, 13, 33);
    golden.run(new AddBias(values, golden.vector(1, -1)));
    assertHolds(values, 4, 13, 14, 32);
  }

  @Test
  void columnSum_byHand_addsRows() {
    Tensor sum = golden.vector(10, 20);
    golden.run(new ColumnSum(golden.tensor(List.of(3, 2), 1, 2, 3, 4, 5, 6), 1, sum));
    assertHolds(sum, 19, 32);
  }

  @Test
  void convolve_byHand_isTheCrossCorrelation() {
    Tensor x = golden.tensor(List.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    Tensor w = golden.tensor(List.of(1, 1, 2, 2), 1, 2, 3, 4);
    Tensor y = golden.tensor(List.of(1, 1, 2, 2));
    Window window = Window.square(2, 1, 0);
    golden.run(new Convolve(x, w, Optional.of(golden.vector(0.5)), window, y));
    assertHolds(y, 37.5, 47.5, 67.5, 77.5);

    Tensor dy = golden.tensor(List.of(1, 1, 2, 2), 1, 10, 100, 1000);
    Tensor dx = golden.tensor(List.of(1, 1, 3, 3));
    Tensor dw = golden.tensor(List.of(1, 1, 2, 2));
    Tensor db = golden.vector(0);
    Gradients gradients =
        new Gradients(
            Accumulator.replacing(dw),
            Optional.of(Accumulator.replacing(db)),
            Optional.of(Accumulator.replacing(dx)));
    golden.run(new ConvolveBackward(x, w, window, dy, gradients));
    assertHolds(dx, 1, 12, 20, 103, 1234, 2040, 300, 3400, 4000);
    assertHolds(dw, 5421, 6532, 8754, 9865);
    assertHolds(db, 1111);
  }

  @Test
  void convolve_samePaddingOfStride2_isBelowAndRight() {
    Tensor x = golden.tensor(List.of(1, 1, 2, 2), 1, 2, 3, 4);
    Tensor w = golden.tensor(List.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    Tensor y = golden.tensor(List.of(1, 1, 1, 1));
    Window window = Window.square(3, 2, 0).samePadding(2, 2);
    golden.run(new Convolve(x, w, Optional.empty(), window, y));
    assertHolds(y, 1 + 2 * 2 + 3 * 4 + 4 * 5);
  }

  @Test
  void maxPool_ties_goToTheFirst() {
    Tensor x = golden.tensor(List.of(1, 1, 3, 3), 1, 3, 2, 3, 0, 3, -1, -5, -2);
    Tensor y = golden.tensor(List.of(1, 1, 2, 2));
    Tensor dy = golden.tensor(List.of(1, 1, 2, 2), 1, 10, 100, 1000);
    Tensor dx = golden.tensor(List.of(1, 1, 3, 3));
    Window window = Window.square(2, 1, 0);
    golden.run(
        new MaxPool(x, window, y),
        new MaxPoolBackward(x, y, window, dy, Accumulator.replacing(dx)));
    assertHolds(y, 3, 3, 3, 3);
    assertHolds(dx, 0, 11, 0, 100, 0, 1000, 0, 0, 0);
  }

  @Test
  void maxPoolTangent_ties_isThatOfTheFirstInRowMajorOrder() {
    Tensor x = golden.tensor(List.of(1, 1, 3, 3), 1, 3, 2, 3, 0, 3, -1, -5, -2);
    Tensor dx = golden.tensor(List.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    Tensor dy = golden.tensor(List.of(1, 1, 2, 2), 10, 10, 10, 10);
    golden.run(new MaxPoolTangent(x, Window.square(2, 1, 0), dx, dy));
    assertHolds(dy, 2, 2, 4, 6);
  }

  @Test
  void averagePool_padding_counts() {
    Tensor x = golden.tensor(List.of(1, 1, 3, 3), 1, 3, 2, 3, 0, 3, -1, -5, -2);
    Tensor y = golden.tensor(List.of(1, 1, 2, 2));
    Tensor dy = golden.tensor(List.of(1, 1, 2, 2), 4, 8, 12, 16);
    Tensor dx = golden.tensor(List.of(1, 1, 3, 3));
    Window window = Window.square(2, 2, 1);
    golden.run(
        new AveragePool(x, window, y),
        new AveragePoolBackward(window, dy, Accumulator.replacing(dx)));
    assertHolds(y, 0.25, 1.25, 0.5, -1);
    assertHolds(dx, 1, 2, 2, 3, 4, 4, 3, 4, 4);
  }

  @Test
  void activations_asInPyTorch_withTheirDerivatives() {
    assertActivation(new Activation.Relu(), new double[] {0, 0, 0, 0.5, 2}, 0, 0, 0, 1, 1);
    assertActivation(
        new Activation.LeakyRelu(0.1), new double[] {-0.2, -0.05, 0, 0.5, 2}, 0.1, 0.1, 0.1, 1, 1);
    assertActivation(
        new Activation.Tanh(),
        new double[] {-0.964027580076, -0.46211715726, 0, 0.46211715726, 0.964027580076},
        0.0706508248532,
        0.786447732966,
        1,
        0.786447732966,
        0.0706508248532);
    assertActivation(
        new Activation.Gelu(),
        new double[] {-0.0455002638964, -0.154268769363, 0, 0.345731230637, 1.9544997361},
        -0.0852318010782,
        0.132504875344,
        0.5,
        0.867495124656,
        1.08523180108);
  }

  private void assertActivation(Activation activation, double[] values, double... slopes) {
    Tensor x = golden.vector(-2, -0.5, 0, 0.5, 2);
    Tensor y = golden.vector(new double[5]);
    Tensor gradient = golden.vector(1, 1, 1, 1, 1);
    golden.run(new Activate(activation, x, y), new ActivateBackward(activation, x, y, gradient));
    assertHolds(y, values);
    assertHolds(gradient, slopes);
  }

  @Test
  void normalDistribution_tables_agree() {
    assertThat(ReferencePointwise.normalDistribution(1))
        .isCloseTo(0.8413447460685429, within(1e-15));
    assertThat(ReferencePointwise.normalDistribution(-5))
        .isCloseTo(2.866515718791939e-7, within(1e-15));
    assertThat(ReferencePointwise.normalDistribution(8)).isCloseTo(1, within(1e-14));
  }

  @Test
  void joinAndSplit_byHand_interleaveTheBatch() {
    Tensor a = golden.tensor(List.of(2, 1, 1, 2), 1, 2, 5, 6);
    Tensor b = golden.tensor(List.of(2, 2, 1, 2), 10, 20, 30, 40, 50, 60, 70, 80);
    Tensor whole = golden.tensor(List.of(2, 3, 1, 2));
    golden.run(new JoinChannels(List.of(a, b), whole));
    assertHolds(whole, 1, 2, 10, 20, 30, 40, 5, 6, 50, 60, 70, 80);
    golden.run(
        new SplitChannels(whole, List.of(Accumulator.adding(a), Accumulator.replacing(b))),
        new Multiply(b, golden.vector(0, 2, 0, 2, 0, 2, 0, 2)));
    assertHolds(a, 2, 4, 10, 12);
    assertHolds(b, 0, 40, 0, 80, 0, 120, 0, 160);
  }

  @Test
  void crossEntropy_byHand_isTheMeansGradient() {
    Tensor logits = golden.tensor(List.of(2, 2), 0, Math.log(3), 0, 0);
    Tensor gradient = golden.tensor(List.of(2, 2));
    CrossEntropy loss = golden.workspace.prepareCrossEntropy(logits, gradient);
    loss.run(new int[] {1, 1});
    assertThat(loss.lossSum()).isCloseTo(Math.log(4.0 / 3) + Math.log(2), within(1e-15));
    assertThat(loss.correct()).isEqualTo(1);
    assertHolds(gradient, 0.125, -0.125, 0.25, -0.25);
  }
}
