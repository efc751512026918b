package dev.gengap.measures;

import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Need;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A built-in measure being defined: its description, then the formula that ends it. */
final class Definition {
  private final String key;
  private final String formula;
  private final String source;
  private final Set<Need> needs = EnumSet.noneOf(Need.class);
  private final Map<String, String> conventions = new TreeMap<>();

  private Definition(String key, String formula, String source) {
    this.key = key;
    this.formula = formula;
    this.source = source;
  }

  static Definition of(String key, String formula, String source) {
    return new Definition(key, formula, source);
  }

  /** Of a measure of the weights, which normalisation would make meaningless. */
  static Definition ofWeights(String key, String formula, String source) {
    return of(key, formula, source).needs(Need.PLAIN_WEIGHTS);
  }

  Definition needs(Need need) {
    needs.add(need);
    return this;
  }

  Definition convention(String name, String value) {
    conventions.put(name, value);
    return this;
  }

  /** The measure divides by γ². */
  Definition overMargin() {
    needs.add(Need.TRAIN_OUTPUTS);
    needs.add(Need.POSITIVE_MARGIN);
    return convention("margin_percentile", "5").convention("percentile_method", "linear");
  }

  /** Ends the definition of a measure of one number. */
  Measure exact(ToDoubleFunction<MeasureContext> value) {
    return new BuiltIn(description(), context -> MeasuredValue.exact(value.applyAsDouble(context)));
  }

  /** Ends the definition of a measure of one number for each weight layer. */
  Measure perLayer(Function<MeasureContext, List<Double>> values) {
    return new BuiltIn(description(), context -> new MeasuredValue.PerLayer(values.apply(context)));
  }

  private MeasureDescription description() {
    boolean passes = needs.contains(Need.TRAIN_OUTPUTS) || needs.contains(Need.TEST_OUTPUTS);
    CostClass cost = passes ? CostClass.FORWARD : CostClass.WEIGHTS;
    return new MeasureDescription(key, formula, source, cost, needs, conventions);
  }

  private record BuiltIn(
      MeasureDescription description, Function<MeasureContext, MeasuredValue> formula)
      implements Measure {
    @Override
    public MeasureDescription describe() {
      return description;
    }

    @Override
    public MeasuredValue measure(MeasureContext context) {
      return formula.apply(context);
    }
  }
}
