package dev.gengap.measures;

import dev.gengap.measures.api.History;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.MeasuredValue.NotApplicable;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What the network learned of the examples with true labels, and what it memorised of those with
 * false ones: at the snapshot, and over the evaluations before it.
 */
final class Memorisation {
  static final String NO_EVALUATION = "no full evaluation yet";

  private Memorisation() {}

  static List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    for (Part part : Part.values()) {
      measures.add(
          accuracy(part, "accuracy", "mean of [argmax f(x) = y], ")
              .value(context -> accuracy(context, part, context.train().labels())));
    }
    measures.add(
        accuracy(Part.CORRUPTED, "true_accuracy", "mean of [argmax f(x) = y⁰], ")
            .value(context -> accuracy(context, Part.CORRUPTED, context.originalLabels())));
    for (Part part : Part.values()) {
      measures.addAll(overTime(part));
    }
    return List.copyOf(measures);
  }

  private static Definition accuracy(Part part, String name, String formula) {
    return part.define(name, formula, Sources.ARPIT_2017)
        .needs(Need.TRAIN_OUTPUTS)
        .needs(Need.ORIGINAL_LABELS);
  }

  /** The fraction of the examples of {@code part} that are classified as {@code labels} say. */
  private static MeasuredValue accuracy(MeasureContext context, Part part, int[] labels) {
    Outputs train = context.train();
    int[] original = context.originalLabels();
    int examples = 0;
    int right = 0;
    for (int i = 0; i < train.size(); i++) {
      if (part.holds(train.labels()[i], original[i])) {
        examples++;
        right += Errors.answer(train, i) == labels[i] ? 1 : 0;
      }
    }
    return examples == 0 ? part.empty() : MeasuredValue.exact((double) right / examples);
  }

  private static List<Measure> overTime(Part part) {
    return List.of(
        history(part, "fitted", "share of examples fitted at the last full evaluation")
            .value(ofAll(part, History.Part::fitted)),
        history(part, "never_fitted", "share of examples without t_i")
            .value(ofAll(part, all -> all.examples() - all.everFitted())),
        history(part, "first_fitted", "mean of t_i [steps]")
            .convention("never_fitted", "left out")
            .value(ofFitted(part, History.Part::firstFittedSteps)),
        history(part, "forgetting", "mean of F_i")
            .convention("never_fitted", "left out")
            .value(ofFitted(part, History.Part::forgotten)),
        history(part, "unforgettable", "share of examples with t_i and F_i = 0")
            .value(ofAll(part, all -> all.everFitted() - all.everForgotten())));
  }

  private static Definition history(Part part, String name, String formula) {
    return part.define(name, formula + ", ", Sources.TONEVA_2019)
        .needs(Need.TRAINING_HISTORY)
        .convention("checked", "at full evaluations");
  }

  /** A sum over all examples of the part, over their number. */
  private static Function<MeasureContext, MeasuredValue> ofAll(
      Part part, ToDoubleFunction<History.Part> sum) {
    return mean(part, sum, History.Part::examples);
  }

  /** A sum over the examples of the part that were ever fitted, over their number. */
  private static Function<MeasureContext, MeasuredValue> ofFitted(
      Part part, ToDoubleFunction<History.Part> sum) {
    return mean(part, sum, History.Part::everFitted);
  }

  private static Function<MeasureContext, MeasuredValue> mean(
      Part part, ToDoubleFunction<History.Part> sum, ToDoubleFunction<History.Part> count) {
    return context -> {
      History history = context.history();
      History.Part examples = part.of(history);
      if (history.evaluations() == 0) {
        return new NotApplicable(NO_EVALUATION);
      }
      if (examples.examples() == 0) {
        return part.empty();
      }
      double number = count.applyAsDouble(examples);
      return number == 0
          ? new NotApplicable("no example has been fitted")
          : MeasuredValue.exact(sum.applyAsDouble(examples) / number);
    };
  }

  /** The training examples with their original labels, and those with others. */
  private enum Part {
    CLEAN("clean", "y = y⁰", "no label is the original one"),
    CORRUPTED("corrupted", "y ≠ y⁰", "no label differs from the original one");

    private final String word;
    private final String condition;
    private final String whyEmpty;

    Part(String word, String condition, String whyEmpty) {
      this.word = word;
      this.condition = condition;
      this.whyEmpty = whyEmpty;
    }

    Definition define(String name, String formula, String source) {
      return Definition.of(word + "_" + name, formula + condition, source)
          .convention("corrupted", "labels that differ from the original");
    }

    boolean holds(int label, int original) {
      return (label == original) == (this == CLEAN);
    }

    History.Part of(History history) {
      return this == CLEAN ? history.clean() : history.corrupted();
    }

    MeasuredValue empty() {
      return new NotApplicable(whyEmpty);
    }
  }
}
