package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.network.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs measures over a snapshot. */
public final class SnapshotMeasures {
  private SnapshotMeasures() {}

  /**
   * Runs {@code measures} over {@code snapshot}, in the thread that calls. A measure that throws or
   * gives a number that is not finite harms its own result alone.
   *
   * @param evaluator runs one forward pass for each set that a measure needs, none where none does;
   *     stays open
   * @return one result for each measure, in their order
   */
  public static List<MeasureResult> run(
      List<Measure> measures, MeasuredSnapshot snapshot, Evaluator evaluator) {
    SnapshotContext context = new SnapshotContext(snapshot, evaluator);
    List<MeasureResult> results = new ArrayList<>();
    for (Measure measure : measures) {
      long start = System.nanoTime();
      MeasureDescription description = measure.describe();
      Outcome outcome = outcome(measure, description, context);
      results.add(new MeasureResult(description, outcome, (System.nanoTime() - start) / 1e6));
    }
    return List.copyOf(results);
  }

  private static Outcome outcome(
      Measure measure, MeasureDescription description, SnapshotContext context) {
    try {
      Optional<String> reason = context.whyNot(description.needs());
      return new Outcome.Measured(
          reason.isPresent()
              ? new MeasuredValue.NotApplicable(reason.get())
              : measure.measure(context));
    } catch (ArithmeticException e) {
      return new Outcome.Failed(e.getMessage());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return new Outcome.Failed(e.toString());
    }
  }
}
