package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.measures.LossOnly.Regression;
import dev.gengap.measures.ProjectedAscent.Peak;
import dev.gengap.measures.ProjectedAscent.TwoPrecisions;
import dev.gengap.measures.api.Passes;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.EvaluationForm;
import dev.gengap.network.execution.BackendRuntime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectedAscentTest {
  private static final TimeLimit NONE = new TimeLimit(Settings.STANDARD);

  @Test
  void peak_g6BesideItsMinimum_isThatByHand() {
    double[] beside = {1 + 1e-12, -2 - 1e-12}; // at the minimum itself no gradient shows the way
    Peak peak = peak(new Regression(), beside, Sharpness.STEPS, NONE);
    assertThat(peak.largest()).isCloseTo(4.416666666666667e-6, within(1e-13));
    assertThat(peak.timeLimited()).isFalse();
  }

  @Test
  void peak_outOfTime_isNotBelowTheCorner() {
    TimeLimit over = new TimeLimit(new Settings(Map.of(Setting.SECONDS, Double.MIN_NORMAL)));
    Regression passes = new Regression();
    double[] at = {2, 2};
    double corner = passes.at(new double[] {2 + 5e-4 * 3, 2 + 5e-4 * 3}).loss();
    Peak peak = peak(passes, at, Sharpness.STEPS, over);
    assertThat(peak.largest()).isEqualTo(corner);
    assertThat(peak.timeLimited()).isTrue();
    assertThat(passes.gradients()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp-1x16",
        "mlp-1x16-random",
        "mlp-2x64",
        "mlp-3x20-nobias",
        "mlp-many-samples",
        "mlp-undertrained",
        "conv-pool",
        "conv-pool-random",
        "conv-bn-strided",
        "conv-bn-strided-random",
        "inception-bn"
      })
  void peak_ofAFixture_isNotBelowTheCornerNorFarBelowALongerAscent(String name) {
    MeasuredSnapshot snapshot = GoldenFixtures.snapshot(name);
    EvaluationForm form = EvaluationForm.of(snapshot.network());
    double[] weights = ParameterVectors.of(form.network(), form.fold(snapshot.weights()));
    try (Backend backend = Nd4jBackend.create(1);
        SnapshotPasses search = passes(backend, Precision.FLOAT32, form, snapshot);
        SnapshotPasses passes = passes(backend, Precision.FLOAT64, form, snapshot)) {
      TwoPrecisions both = new TwoPrecisions(search, passes);
      double loss = passes.loss(weights).crossEntropy();
      double rise = peak(both, weights, Sharpness.STEPS, NONE).largest() - loss;
      double longer = peak(both, weights, 10 * Sharpness.STEPS, NONE).largest() - loss;
      assertThat(rise).as("the rise at the corner").isGreaterThanOrEqualTo(corner(passes, weights));
      assertThat(rise).as("10 times the steps").isGreaterThanOrEqualTo(0.98 * longer);
    }
  }

  private static SnapshotPasses passes(
      Backend backend, Precision precision, EvaluationForm form, MeasuredSnapshot snapshot) {
    return new SnapshotPasses(
        new BackendRuntime(backend).differentiator(form.network(), precision),
        snapshot.train().orElseThrow(),
        snapshot.network().classes());
  }

  /** L(w + b·sign(g)) − L(w). */
  private static double corner(Passes passes, double[] weights) {
    double[] gradient = new double[weights.length];
    double loss = passes.gradient(weights, gradient);
    double[] sides = Sharpness.box(weights).sides();
    double[] corner = weights.clone();
    for (int i = 0; i < corner.length; i++) {
      corner[i] += sides[i] * Math.signum(gradient[i]);
    }
    return passes.loss(corner).crossEntropy() - loss;
  }

  private static Peak peak(Passes passes, double[] at, int steps, TimeLimit limit) {
    return peak(new TwoPrecisions(passes, passes), at, steps, limit);
  }

  private static Peak peak(TwoPrecisions passes, double[] at, int steps, TimeLimit limit) {
    double[] gradient = new double[at.length];
    LossGradient start = new LossGradient(passes.result().gradient(at, gradient), gradient);
    return ProjectedAscent.peak(passes, start, Sharpness.box(at), steps, limit);
  }
}
