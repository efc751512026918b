package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.LargestEigenvalue.Eigenpair;
import dev.gengap.measures.LossOnly.Regression;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.Tanh;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HessiansTest {
  private static final TimeLimit NONE = new TimeLimit(Settings.STANDARD);

  /** Over before anything begins. */
  private static final TimeLimit OVER =
      new TimeLimit(new Settings(Map.of(Setting.SECONDS, Double.MIN_NORMAL)));

  /** Σ d_i w_i² / 2 + (Σ w_i)² / 2: the Hessian diag(d) + 11ᵀ. */
  private static final class Bowl extends LossOnly {
    @Override
    double lossAndGradient(double[] w, double[] gradient) {
      double sum = 0;
      for (double x : w) {
        sum += x;
      }
      double loss = sum * sum / 2;
      for (int i = 0; i < w.length; i++) {
        loss += curvature(i) * w[i] * w[i] / 2;
        gradient[i] += curvature(i) * w[i] + sum;
      }
      return loss;
    }

    static double curvature(int i) {
      return i % 3;
    }
  }

  /** w²/2 + 5 max(0, w − kink): H = 1 but for the kink. */
  private static final class Kinked extends LossOnly {
    private final double kink;

    Kinked(double kink) {
      this.kink = kink;
    }

    @Override
    double lossAndGradient(double[] w, double[] gradient) {
      gradient[0] += w[0] + (w[0] > kink ? 5 : 0);
      return w[0] * w[0] / 2 + 5 * Math.max(0, w[0] - kink);
    }
  }

  @Test
  void g6_hessian_hasTheTraceAndTheEigenvalueByHand() {
    HessianProduct hessian = product(new Regression(), Regression.MINIMUM);
    assertThat(hessian.times(new double[] {1, 0}))
        .containsExactly(new double[] {10.0 / 3, -1.0 / 3}, within(1e-9));
    MeasuredValue.Scalar trace = trace(hessian, 2, NONE);
    assertThat(trace.value()).isCloseTo(16.0 / 3, within(1e-9));
    assertThat(trace.standardError()).isEmpty();
    Eigenpair top = LargestEigenvalue.of(hessian::times, new double[] {1, 1}, NONE);
    assertThat(top.value()).isCloseTo(3.412022659166597, within(1e-9));
  }

  @Test
  void trace_manyParameters_isSampledWithItsStandardError() {
    int dimension = HessianTrace.MOST_ELEMENTS + 1;
    MeasuredValue.Scalar trace = trace(product(new Bowl(), new double[dimension]), 100, NONE);
    double error = trace.standardError().orElseThrow();
    // zᵀ11ᵀz = (Σ z)² has about the variance 2 m²
    assertThat(error).isBetween(0.08 * dimension, 0.25 * dimension);
    assertThat(trace.value()).isCloseTo(traceOfBowl(dimension), within(4 * error));
    assertThat(trace.timeLimited()).isFalse();
  }

  @Test
  void trace_outOfTime_isThatOfASampleOfTheDiagonal() {
    MeasuredValue.Scalar trace = trace(product(new Bowl(), new double[300]), 100, OVER);
    assertThat(trace.timeLimited()).isTrue();
    assertThat(trace.standardError()).isPresent();
    assertThat(trace.value()).isBetween(300.0, 900.0);
    assertThat(trace(product(new Bowl(), new double[300]), 100, NONE))
        .satisfies(
            all -> {
              assertThat(all.value()).isCloseTo(traceOfBowl(300), within(1e-6));
              assertThat(all.standardError()).isEqualTo(OptionalDouble.empty());
            });
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3e-7, 0, 3e-7, 2})
  void times_kinkNearTheWeights_isNoCurvature(double kink) {
    HessianProduct hessian = product(new Kinked(kink), new double[1]);
    assertThat(hessian.times(new double[] {1})[0]).isCloseTo(1, within(1e-6));
  }

  @Test
  void times_kinksOnBothSidesEverywhere_endsSayingSo() {
    LossOnly rough =
        new LossOnly() {
          @Override
          double lossAndGradient(double[] w, double[] gradient) {
            gradient[0] += StrictMath.sin(1e12 * w[0]);
            return 0;
          }
        };
    HessianProduct hessian = product(rough, new double[] {0.3});
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                hessian.times(new double[] {1});
              }
            })
        .isInstanceOf(DifferenceProduct.ObscuredException.class)
        .hasMessageContaining("kinks");
  }

  @Test
  void trace_smoothActivation_isThatByHand() {
    NetworkSpec network = new NetworkSpec(List.of(1), 2, List.of(new Linear(2, false), new Tanh()));
    float[][] weights = {{0.7f}, {-0.4f}};
    double[] answers = {Math.tanh(weights[0][0]), Math.tanh(weights[1][0])};
    double p = 1 / (1 + Math.exp(answers[1] - answers[0]));
    double expected = second(p, 1, answers[0]) + second(1 - p, 0, answers[1]);
    MeasuredSnapshot snapshot =
        new MeasuredSnapshot(
            network,
            SmallNetworks.weights(weights),
            Optional.empty(),
            Optional.of(new SmallNetworks.ArrayExamples(new float[][] {{1}}, new int[] {0})),
            Optional.empty(),
            1,
            Settings.STANDARD);
    assertThat(SmallNetworks.scalar(snapshot, "hessian_trace")).isCloseTo(expected, within(1e-7));
  }

  /** ∂²L/∂w² of the cross-entropy of tanh(w), an output of probability p. */
  private static double second(double p, double label, double answer) {
    double slope = 1 - answer * answer;
    return p * (1 - p) * slope * slope - (p - label) * 2 * answer * slope;
  }

  private static HessianProduct product(LossOnly passes, double[] at) {
    return new DifferenceProduct(passes, at, passes.at(at).gradient());
  }

  private static MeasuredValue.Scalar trace(HessianProduct hessian, int samples, TimeLimit limit) {
    CounterRandom random = CounterRandom.of(3, RandomStream.MEASURE_START);
    return (MeasuredValue.Scalar) new HessianTrace(hessian, random, limit).value(7, samples);
  }

  private static double traceOfBowl(int dimension) {
    double sum = dimension;
    for (int i = 0; i < dimension; i++) {
      sum += Bowl.curvature(i);
    }
    return sum;
  }
}
