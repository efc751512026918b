package dev.gengap.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the evaluations of the whole training set have found so far. Immutable.
 *
 * @param evaluations how many there were
 * @param firstSteps for each of {@link #LOSSES} that was reached, steps done at the first
 *     evaluation that found the loss at or below it
 * @param examples one for each training example, in their order; empty before the first evaluation
 */
public record TrainingHistory(
    int evaluations, SortedMap<Double, Long> firstSteps, List<ExampleHistory> examples) {
  /** The losses whose first steps are kept [nats]: those of Jiang et al. 2020, arXiv 1912.02178. */
  public static final List<Double> LOSSES = List.of(0.1, 0.01);

  /** Before the first evaluation. */
  public static final TrainingHistory NONE = new TrainingHistory(0, new TreeMap<>(), List.of());

  public TrainingHistory {
    firstSteps = Collections.unmodifiableSortedMap(new TreeMap<>(firstSteps));
    examples = List.copyOf(examples);
  }

  /**
   * The history once an evaluation after {@code step} steps is known too.
   *
   * @param loss over the training set [nats]
   * @param fits whether each example is fitted
   */
  TrainingHistory after(long step, double loss, boolean[] fits) {
    if (evaluations > 0 && fits.length != examples.size()) {
      throw new IllegalArgumentException(
          "examples: " + fits.length + " (expected: " + examples.size() + ", as before)");
    }
    List<ExampleHistory> next = new ArrayList<>(fits.length);
    for (int i = 0; i < fits.length; i++) {
      ExampleHistory before = evaluations == 0 ? ExampleHistory.UNSEEN : examples.get(i);
      next.add(before.after(step, fits[i]));
    }
    SortedMap<Double, Long> steps = new TreeMap<>(firstSteps);
    LOSSES.stream().filter(low -> loss <= low).forEach(low -> steps.putIfAbsent(low, step));
    return new TrainingHistory(evaluations + 1, steps, next);
  }
}
