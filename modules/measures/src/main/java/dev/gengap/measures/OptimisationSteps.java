package dev.gengap.measures;

import dev.gengap.measures.api.History;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.MeasuredValue.NotApplicable;
import dev.gengap.measures.api.Need;
import java.util.List;

/** How fast the training loss fell, in steps of the optimiser. */
final class OptimisationSteps {
  private static final double FIRST = 0.1;
  private static final double SECOND = 0.01;

  private OptimisationSteps() {}

  static List<Measure> measures() {
    return List.of(
        steps("steps_to_0.1", "steps until training cross-entropy ≤ 0.1", " (63)")
            .value(context -> untilFirst(context.history())),
        steps("steps_0.1_to_0.01", "steps from training cross-entropy ≤ 0.1 to ≤ 0.01", " (64)")
            .value(context -> fromFirstToSecond(context.history())));
  }

  private static Definition steps(String key, String formula, String equation) {
    return Definition.of(key, formula, Sources.JIANG_2020 + equation)
        .needs(Need.TRAINING_HISTORY)
        .convention("checked", "at full evaluations")
        .convention("loss", "whole training set in evaluation mode");
  }

  private static MeasuredValue untilFirst(History history) {
    Long step = history.firstSteps().get(FIRST);
    return step == null ? notReached(history, FIRST) : MeasuredValue.exact((double) step);
  }

  private static MeasuredValue fromFirstToSecond(History history) {
    Long from = history.firstSteps().get(FIRST);
    Long to = history.firstSteps().get(SECOND);
    return to == null ? notReached(history, SECOND) : MeasuredValue.exact((double) (to - from));
  }

  private static MeasuredValue notReached(History history, double loss) {
    return new NotApplicable(
        history.evaluations() == 0
            ? Memorisation.NO_EVALUATION
            : "no full evaluation has found a training loss <= " + loss);
  }
}
