package dev.gengap.actors;

import dev.gengap.experiment.results.ExampleRow;
import dev.gengap.training.ExampleHistory;
import dev.gengap.training.TrainingHistory;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The labels of a run's training examples. The arrays are shared, not copied: treat them as
 * immutable.
 *
 * @param given under the run's condition
 * @param original before it
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: never compared by equals
record TrainingLabels(int[] given, int[] original) {

  /** Whether the label of example {@code index} is not its original one. */
  boolean isCorrupted(int index) {
    return given[index] != original[index];
  }

  /** What is known of each example at the end of a run. */
  List<ExampleRow> rows(TrainingHistory history) {
    return IntStream.range(0, history.examples().size())
        .mapToObj(i -> row(i, history.examples().get(i)))
        .toList();
  }

  private ExampleRow row(int index, ExampleHistory of) {
    return new ExampleRow(
        index, given[index], original[index], of.firstFitted(), of.forgotten(), of.fitted());
  }
}
