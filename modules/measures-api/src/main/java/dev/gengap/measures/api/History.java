package dev.gengap.measures.api;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What evaluations of the whole training set, in evaluation mode, had found up to a snapshot.
 * Immutable.
 *
 * @param evaluations how many there were
 * @param firstSteps by loss [nats] that was reached, of those that are kept: steps done at the
 *     first evaluation that found the loss at or below it
 * @param clean the examples whose label is the original one; where images alone were changed, all
 * @param corrupted those whose label is another
 */
public record History(
    int evaluations, SortedMap<Double, Long> firstSteps, Part clean, Part corrupted) {
  public History {
    firstSteps = Collections.unmodifiableSortedMap(new TreeMap<>(firstSteps));
  }

  /**
   * How some of the training examples fared. One is fitted where the network's answer is its given
   * label, and forgotten at an evaluation that finds it not fitted when the one before had found it
   * fitted.
   *
   * @param examples how many there are
   * @param fitted examples fitted at the newest evaluation
   * @param everFitted examples that some evaluation found fitted
   * @param firstFittedSteps over those, the sum of the steps done at the first such evaluation
   * @param everForgotten examples forgotten at least once
   * @param forgotten how often examples were forgotten, in all
   */
  public record Part(
      int examples,
      int fitted,
      int everFitted,
      long firstFittedSteps,
      int everForgotten,
      long forgotten) {}
}
