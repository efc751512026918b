package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Setting;
import java.util.List;
import java.util.stream.Stream;

/** How far the parameters may be perturbed before a tenth of the training accuracy is lost. */
final class Flatness {
  private Flatness() {}

  static List<Measure> measures() {
    return Stream.of(scales(), bounds(), gaussianByMagnitude(), worstCaseByMagnitude())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Measure> scales() {
    return List.of(
        scale("sigma_at_drop_0.1", DropSearch.SIGMA),
        scale("sigma_mag_at_drop_0.1", DropSearch.SIGMA_MAGNITUDE),
        scale("alpha_at_drop_0.1", DropSearch.ALPHA),
        scale("alpha_mag_at_drop_0.1", DropSearch.ALPHA_MAGNITUDE),
        inverseSquare("pac_bayes_flatness", DropSearch.SIGMA),
        inverseSquare("pac_bayes_mag_flatness", DropSearch.SIGMA_MAGNITUDE),
        inverseSquare("sharpness_flatness", DropSearch.ALPHA),
        inverseSquare("sharpness_mag_flatness", DropSearch.ALPHA_MAGNITUDE));
  }

  private static List<Measure> bounds() {
    String gaussian = "‖r‖²/4s² + ln(m/s) + 10, s the largest σ, r = ";
    String worstCase = "‖r‖² ln(2ω)/4s² + ln(m/s) + 10, s the largest α, r = ";
    return List.of(
        ofMoved(
            DropSearch.SIGMA.define("pac_bayes_init", gaussian + "w − w⁰"),
            DropSearch.SIGMA,
            (bounds, context) -> bounds.gaussian(moved(context))),
        of(
            DropSearch.SIGMA.define("pac_bayes_orig", gaussian + "w"),
            DropSearch.SIGMA,
            (bounds, context) -> bounds.gaussian(context.parameters())),
        ofMoved(
            DropSearch.ALPHA.define("sharpness_init", worstCase + "w − w⁰"),
            DropSearch.ALPHA,
            (bounds, context) -> bounds.worstCase(moved(context))),
        of(
            DropSearch.ALPHA.define("sharpness_orig", worstCase + "w"),
            DropSearch.ALPHA,
            (bounds, context) -> bounds.worstCase(context.parameters())));
  }

  private static List<Measure> gaussianByMagnitude() {
    DropSearch search = DropSearch.SIGMA_MAGNITUDE;
    String formula = "¼ Σ ln((ε² + (s²+1)‖r‖²/ω)/(ε² + s²d_i²)) + ln(m/s) + 10, s the largest σ, ";
    return List.of(
        ofMoved(
            search.define("pac_bayes_mag_init", formula + "r = d = w − w⁰"),
            search,
            (bounds, context) -> bounds.gaussianByMagnitude(moved(context), moved(context))),
        ofMoved(
            search.define("pac_bayes_mag_orig", formula + "r = w, d = w − w⁰"),
            search,
            (bounds, context) -> bounds.gaussianByMagnitude(context.parameters(), moved(context))),
        of(
            search.define("pac_bayes_mag_orig_own_reference", formula + "r = d = w"),
            search,
            (bounds, context) ->
                bounds.gaussianByMagnitude(context.parameters(), context.parameters())));
  }

  private static List<Measure> worstCaseByMagnitude() {
    DropSearch search = DropSearch.ALPHA_MAGNITUDE;
    String formula =
        "¼ Σ ln((ε² + (s² + 4 ln(2ω/δ))‖r‖²/ω)/(ε² + s²d_i²)) + ln(m/s) + 10, s the largest α, ";
    return List.of(
        ofMoved(
            search.define("sharpness_mag_init", formula + "r = d = w − w⁰").setting(Setting.DELTA),
            search,
            (bounds, context) ->
                bounds.worstCaseByMagnitude(moved(context), moved(context), delta(context))),
        ofMoved(
            search
                .define("sharpness_mag_orig", formula + "r = w, d = w − w⁰")
                .setting(Setting.DELTA),
            search,
            (bounds, context) ->
                bounds.worstCaseByMagnitude(context.parameters(), moved(context), delta(context))));
  }

  private static Measure scale(String key, DropSearch search) {
    return of(
        search.define(key, "the largest scale s at which the accuracy falls by 0.1"),
        search,
        (bounds, context) -> bounds.scale());
  }

  private static Measure inverseSquare(String key, DropSearch search) {
    return of(
        search.define(key, "1/s², s the largest scale at which the accuracy falls by 0.1"),
        search,
        (bounds, context) -> 1 / (bounds.scale() * bounds.scale()));
  }

  private static Measure ofMoved(Definition definition, DropSearch search, Formula formula) {
    return of(definition.needs(Need.INITIAL_WEIGHTS), search, formula);
  }

  private static Measure of(Definition definition, DropSearch search, Formula formula) {
    return definition.value(
        context ->
            search
                .in(context)
                .value(
                    scale ->
                        formula.of(
                            new FlatnessBounds(
                                context.parameters().length, context.train().size(), scale),
                            context)));
  }

  private static double[] moved(MeasureContext context) {
    return Vectors.plus(context.parameters(), -1, context.initialParameters());
  }

  private static double delta(MeasureContext context) {
    return context.settings().get(Setting.DELTA);
  }

  @FunctionalInterface
  private interface Formula {
    double of(FlatnessBounds bounds, MeasureContext context);
  }
}
