package dev.gengap.measures;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.LargestEigenvalue.Eigenpair;
import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Shared;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Measures of the Hessian H of the training loss with respect to all parameters. */
final class Hessians {
  /** Of the numbers taken from the generator: other measures take those of their layers. */
  private static final long START = 1L << 32;

  private static final long PROBES = 1L << 33;

  /** Products that the largest eigenvalue takes, about. */
  private static final int USUAL_PRODUCTS = 10;

  private static final Shared<Eigenpair> TOP = Shared.of(Hessians::top);

  private Hessians() {}

  static List<Measure> measures() {
    return List.of(
        ofHessian("hessian_trace", "tr H")
            .convention(
                "estimator",
                "exact up to " + HessianTrace.MOST_ELEMENTS + " parameters, else Hutchinson's")
            .setting(Setting.SAMPLES)
            .passes(CostClass.HESSIAN, Hessians::tracePasses)
            .value(context -> unlessObscured(context, Hessians::trace)),
        ofHessian("hessian_lambda_max", "λ_max(H)")
            .convention("eigenvalue", "largest algebraic")
            .passes(CostClass.HESSIAN, context -> USUAL_PRODUCTS * HessianProduct.passes(context))
            .value(context -> unlessObscured(context, Hessians::lambdaMax)));
  }

  private static Definition ofHessian(String key, String formula) {
    return Gradients.ofLoss(key, formula, Sources.YAO_2020)
        .convention(
            "product",
            "R-operator in float32; of smooth layers central differences of gradients in float64, "
                + "h = 1e-6, 1e-8 across a kink")
        .setting(Setting.SECONDS);
  }

  private static MeasuredValue unlessObscured(
      MeasureContext context, Function<MeasureContext, MeasuredValue> value) {
    try {
      return value.apply(context);
    } catch (DifferenceProduct.ObscuredException e) {
      return new MeasuredValue.NotApplicable(e.getMessage());
    }
  }

  private static CounterRandom random(MeasureContext context) {
    return CounterRandom.of(context.seed(), RandomStream.MEASURE_START);
  }

  private static double tracePasses(MeasureContext context) {
    int products =
        HessianTrace.products(
            context.parameters().length, context.settings().count(Setting.SAMPLES));
    return products * HessianProduct.passes(context);
  }

  private static MeasuredValue trace(MeasureContext context) {
    TimeLimit limit = new TimeLimit(context.settings());
    return new HessianTrace(HessianProduct.at(context), random(context), limit)
        .value(PROBES, context.settings().count(Setting.SAMPLES));
  }

  private static MeasuredValue lambdaMax(MeasureContext context) {
    Eigenpair top = context.get(TOP);
    return new MeasuredValue.Scalar(top.value(), OptionalDouble.empty(), top.timeLimited());
  }

  private static Eigenpair top(MeasureContext context) {
    TimeLimit limit = new TimeLimit(context.settings());
    return LargestEigenvalue.of(HessianProduct.at(context)::times, start(context), limit);
  }

  /**
   * A random direction, always the same. The eigenvector of the snapshot before would be found
   * again within the tolerance where another one has overtaken it by little.
   */
  private static double[] start(MeasureContext context) {
    CounterRandom random = random(context);
    double[] direction = new double[context.parameters().length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = random.gaussian(START, i);
    }
    return direction;
  }
}
