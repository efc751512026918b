package dev.gengap.measures;

import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Shared;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * A search of Jiang et al. 2020 for the largest perturbations that cost no more than a tenth of the
 * training accuracy. Immutable.
 */
final class DropSearch {
  /** σ of N(0, σ² I). */
  static final DropSearch SIGMA =
      new DropSearch(
          "ν ~ N(0, σ² I), on average",
          true,
          (context, limit) -> sampled(context, limit, Deviations::isotropic));

  /** σ of noise that grows with the magnitude of the parameter. */
  static final DropSearch SIGMA_MAGNITUDE =
      new DropSearch(
          "ν_i ~ N(0, σ²w_i² + ε²), ε = 0.001, on average",
          true,
          (context, limit) -> sampled(context, limit, Deviations::magnitudeAware));

  /** α of a ball. */
  static final DropSearch ALPHA =
      new DropSearch(
          "‖u‖ ≤ α, the worst of an ascent of the loss",
          false,
          (context, limit) -> worst(context, limit, Neighbourhood.BALL));

  /** α of a box that grows with the magnitude of the parameter. */
  static final DropSearch ALPHA_MAGNITUDE =
      new DropSearch(
          "|u_i| ≤ α(|w_i|+1), the worst of an ascent of the loss",
          false,
          (context, limit) -> worst(context, limit, Neighbourhood.BOX));

  private static final double DROP = 0.1;

  private final String perturbation;
  private final boolean sampled;
  private final BiFunction<MeasureContext, TimeLimit, ScaleSearch.Rise> drop;
  private final Shared<Crossing> found = Shared.handedOn(this::search);

  /**
   * @param drop the accuracy lost, which rises with the scale of the perturbations
   */
  private DropSearch(
      String perturbation,
      boolean sampled,
      BiFunction<MeasureContext, TimeLimit, ScaleSearch.Rise> drop) {
    this.perturbation = perturbation;
    this.sampled = sampled;
    this.drop = drop;
  }

  /** What was found at a snapshot; all measures of it share one search. */
  Crossing in(MeasureContext context) {
    return context.get(found);
  }

  /** A measure that makes this search. */
  Definition define(String key, String formula) {
    Definition definition =
        Definition.of(key, formula, Sources.JIANG_2020)
            .passes(CostClass.PERTURBATIONS, found, this::passes)
            .setting(Setting.SECONDS)
            .convention("perturbation", perturbation)
            .convention("precision", Perturbations.PRECISION)
            .convention("bias", "included")
            .convention("drop", "0.1 of 0-1 accuracy")
            .convention("grid", ScaleSearch.GRID)
            .needs(Need.TRAIN_OUTPUTS)
            .convention("m", "all training examples");
    return sampled
        ? definition.setting(Setting.SAMPLES)
        : definition
            .convention("ascent_batch", Integer.toString(WorstError.BATCH))
            .convention("ascent_steps", Integer.toString(WorstError.STEPS));
  }

  private double passes(MeasureContext context) {
    return sampled
        ? ScaleSearch.sampledPasses(context, found)
        : WorstError.passes(context) * ScaleSearch.SCALES;
  }

  private Crossing search(MeasureContext context) {
    TimeLimit limit = new TimeLimit(context.settings());
    // Where an ascent ends up need not rise with the scale: always the same start, the same
    // crossing.
    Optional<Crossing> before = sampled ? context.previous(found) : Optional.empty();
    return new ScaleSearch(drop.apply(context, limit), DROP, limit).find(before);
  }

  private static ScaleSearch.Rise sampled(
      MeasureContext context, TimeLimit limit, DoubleFunction<DoubleUnaryOperator> deviations) {
    Perturbations perturbations = new Perturbations(context, limit);
    double unperturbed = context.get(Perturbations.UNPERTURBED).error();
    return scale ->
        perturbations
            .sample(
                deviations.apply(scale),
                sample -> ScaleSearch.isDecided(sample.error(), unperturbed + DROP))
            .error()
            .minus(unperturbed);
  }

  private static ScaleSearch.Rise worst(
      MeasureContext context, TimeLimit limit, Neighbourhood neighbourhood) {
    WorstError worst = new WorstError(context, neighbourhood, limit);
    double unperturbed = context.get(Perturbations.UNPERTURBED).error();
    return alpha -> Estimate.exact(worst.within(alpha, unperturbed + DROP) - unperturbed);
  }
}
