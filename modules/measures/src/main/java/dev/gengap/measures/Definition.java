package dev.gengap.measures;

import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Shared;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A built-in measure being defined: its description, then the formula that ends it. */
final class Definition {
  private final String key;
  private final String formula;
  private final String source;
  private final Set<Need> needs = EnumSet.noneOf(Need.class);
  private final Set<Setting> settings = EnumSet.noneOf(Setting.class);
  private final Map<String, String> conventions = new TreeMap<>();

  private CostClass cost;
  private ToDoubleFunction<MeasureContext> passes = context -> 0;

  private Definition(String key, String formula, String source) {
    this.key = key;
    this.formula = formula;
    this.source = source;
  }

  static Definition of(String key, String formula, String source) {
    return new Definition(key, formula, source);
  }

  /** Of a measure of the weights without biases, which normalisation would make meaningless. */
  static Definition ofWeights(String key, String formula, String source) {
    return of(key, formula, source)
        .needs(Need.PLAIN_WEIGHTS)
        .convention("bias", "excluded")
        .convention("batch_norm", "folded");
  }

  /** {@code first}, then {@code second}. */
  static List<Measure> joined(List<Measure> first, List<Measure> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  Definition needs(Need need) {
    needs.add(need);
    return this;
  }

  Definition convention(String name, String value) {
    conventions.put(name, value);
    return this;
  }

  /** The measure's values depend on {@code setting}. */
  Definition setting(Setting setting) {
    settings.add(setting);
    return this;
  }

  /** The measure makes passes over training examples, which cost what {@code kind} says. */
  Definition passes(CostClass kind, ToDoubleFunction<MeasureContext> count) {
    cost = kind;
    passes = count;
    return needs(Need.TRAIN_PASSES).setting(Setting.EXAMPLES).convention("batch_norm", "folded");
  }

  /** The same, of passes that go into {@code shared} and are made once. */
  Definition passes(CostClass kind, Shared<?> shared, ToDoubleFunction<MeasureContext> count) {
    return passes(kind, context -> context.has(shared) ? 0 : count.applyAsDouble(context));
  }

  /** The measure is of γ &gt; 0. */
  Definition overMargin() {
    needs.add(Need.TRAIN_OUTPUTS);
    needs.add(Need.POSITIVE_MARGIN);
    return setting(Setting.MARGIN_PERCENTILE).convention("percentile_method", "linear");
  }

  /** Ends the definition of a measure of one number. */
  Measure exact(ToDoubleFunction<MeasureContext> value) {
    return value(context -> MeasuredValue.exact(value.applyAsDouble(context)));
  }

  /** Ends the definition of a measure of one number for each weight layer. */
  Measure perLayer(Function<MeasureContext, List<Double>> values) {
    return value(context -> new MeasuredValue.PerLayer(values.apply(context)));
  }

  /** Ends the definition of a measure that may find that it does not apply, or samples. */
  Measure value(Function<MeasureContext, MeasuredValue> value) {
    return new BuiltIn(description(), passes, value);
  }

  private MeasureDescription description() {
    return new MeasureDescription(key, formula, source, cost(), needs, settings, conventions);
  }

  private CostClass cost() {
    if (cost != null) {
      return cost;
    }
    boolean forward = needs.contains(Need.TRAIN_OUTPUTS) || needs.contains(Need.TEST_OUTPUTS);
    return forward ? CostClass.FORWARD : CostClass.WEIGHTS;
  }

  private record BuiltIn(
      MeasureDescription description,
      ToDoubleFunction<MeasureContext> count,
      Function<MeasureContext, MeasuredValue> formula)
      implements Measure {
    @Override
    public MeasureDescription describe() {
      return description;
    }

    @Override
    public double passes(MeasureContext context) {
      return count.applyAsDouble(context);
    }

    @Override
    public MeasuredValue measure(MeasureContext context) {
      return formula.apply(context);
    }
  }
}
