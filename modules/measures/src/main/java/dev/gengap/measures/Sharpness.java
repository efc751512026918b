package dev.gengap.measures;

import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Shared;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** By how much the training loss rises near the weights, at worst or where the gradient points. */
final class Sharpness {
  /** Of each part of the ascent; ten times as many find at most 2 % more. */
  static final int STEPS = 15;

  private static final double ALPHA = 5e-4;
  private static final double SAM_RHO = 0.05;
  private static final double ASAM_RHO = 0.5;
  private static final double ASAM_ETA = 0.01;

  private static final Shared<ProjectedAscent.Peak> PEAK = Shared.of(Sharpness::peak);

  private Sharpness() {}

  static List<Measure> measures() {
    return List.of(
        Gradients.ofLoss("keskar_first_order_5e-4", "Σ α (|w_i| + 1) |g_i|", Sources.KESKAR_2017)
            .convention("alpha", "5e-4")
            .passes(CostClass.GRADIENTS, context -> 1)
            .exact(Sharpness::firstOrder),
        searched("keskar_sharpness_5e-4", "max over |ν_i| ≤ α (|w_i| + 1) of L(w + ν) − L(w)")
            .value(context -> ofPeak(context, rise -> rise)),
        searched(
                "keskar_phi_5e-4",
                "100 (max over |ν_i| ≤ α (|w_i| + 1) of L(w + ν) − L(w)) / (1 + L(w))")
            .value(
                context -> {
                  double loss = context.get(LossGradient.AT_WEIGHTS).loss();
                  return ofPeak(context, rise -> 100 * rise / (1 + loss));
                }),
        Gradients.ofLoss("sam_rho_0.05", "L(w + ρ g / ‖g‖) − L(w)", Sources.FORET_2021)
            .convention("rho", "0.05")
            .passes(CostClass.GRADIENTS, context -> 2)
            .value(context -> riseAlong(context, 0, SAM_RHO)),
        Gradients.ofLoss(
                "asam_rho_0.5", "L(w + ρ T² g / ‖T g‖) − L(w), T = |w| + 0.01", Sources.KWON_2021)
            .convention("rho", "0.5")
            .passes(CostClass.GRADIENTS, context -> 2)
            .value(context -> riseAlong(context, ASAM_ETA, ASAM_RHO)));
  }

  private static Definition searched(String key, String formula) {
    return Gradients.ofLoss(key, formula, Sources.KESKAR_2017)
        .convention("alpha", "5e-4")
        .convention("precision", "float32 on the way, float64 of the result")
        .convention("search", "projected ascent from w and from the corner b·sign(g)")
        .convention("steps", "3 × " + STEPS)
        .setting(Setting.SECONDS)
        .passes(
            CostClass.PERTURBATIONS,
            PEAK,
            context -> 2 + SnapshotPasses.SINGLE_PRECISION * (1 + 3 * STEPS));
  }

  /** The box |ν_i| ≤ α (|w_i| + 1) around {@code weights}. */
  static ProjectedAscent.Box box(double[] weights) {
    double[] sides = new double[weights.length];
    for (int i = 0; i < sides.length; i++) {
      sides[i] = ALPHA * (Math.abs(weights[i]) + 1);
    }
    return new ProjectedAscent.Box(weights, sides);
  }

  private static double firstOrder(MeasureContext context) {
    double[] gradient = context.get(LossGradient.AT_WEIGHTS).gradient();
    double[] sides = box(context.parameters()).sides();
    double sum = 0;
    for (int i = 0; i < sides.length; i++) {
      sum += sides[i] * Math.abs(gradient[i]);
    }
    return sum;
  }

  private static ProjectedAscent.Peak peak(MeasureContext context) {
    return ProjectedAscent.peak(
        new ProjectedAscent.TwoPrecisions(context.singlePrecisionPasses(), context.passes()),
        context.get(LossGradient.AT_WEIGHTS),
        box(context.parameters()),
        STEPS,
        new TimeLimit(context.settings()));
  }

  private static MeasuredValue ofPeak(MeasureContext context, DoubleUnaryOperator ofRise) {
    ProjectedAscent.Peak peak = context.get(PEAK);
    double rise = peak.largest() - context.get(LossGradient.AT_WEIGHTS).loss();
    return new MeasuredValue.Scalar(
        ofRise.applyAsDouble(rise), OptionalDouble.empty(), peak.timeLimited());
  }

  /**
   * The rise after one step of length ρ along the gradient, each parameter measured in units of T.
   *
   * @param eta T = |w| + η; 0 for T = 1
   */
  private static MeasuredValue riseAlong(MeasureContext context, double eta, double rho) {
    double[] w = context.parameters();
    LossGradient start = context.get(LossGradient.AT_WEIGHTS);
    double[] scaled = start.gradient().clone();
    double[] step = scaled.clone();
    for (int i = 0; i < w.length && eta > 0; i++) {
      double unit = Math.abs(w[i]) + eta;
      scaled[i] *= unit;
      step[i] *= unit * unit;
    }
    double norm = Vectors.norm(scaled);
    if (norm == 0) {
      return new MeasuredValue.NotApplicable("the gradient is 0");
    }
    double[] there = Vectors.plus(w, rho / norm, step);
    double loss = context.passes().loss(there).crossEntropy();
    return MeasuredValue.exact(loss - start.loss());
  }
}
