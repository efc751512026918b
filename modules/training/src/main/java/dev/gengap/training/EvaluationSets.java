package dev.gengap.training;

import dev.gengap.data.Examples;
import java.util.Optional;

/**
 * What a network is evaluated on while it trains.
 *
 * @param train the training set, for {@link StopRule.LossSource#FULL}
 * @param heldOut training examples it is not trained on, for {@link StopRule#patience}; evaluated
 *     at the end of each epoch
 * @param test the test set, evaluated at the end of each epoch
 */
public record EvaluationSets(
    Optional<Examples> train, Optional<Examples> heldOut, Optional<Examples> test) {
  /** No evaluation at all. */
  public static final EvaluationSets NONE =
      new EvaluationSets(Optional.empty(), Optional.empty(), Optional.empty());
}
