package dev.gengap.measures;

import dev.gengap.measures.api.History;
import java.util.Optional;

/**
 * What whoever trained a network told of it besides its weights. Immutable.
 *
 * @param originalLabels the training examples' labels before their corruption, in their order; the
 *     array is shared, not copied
 * @param history how training went until the snapshot
 */
public record TrainingRecord(Optional<int[]> originalLabels, Optional<History> history) {
  /** Nothing, as of weights from a file. */
  public static final TrainingRecord NONE = new TrainingRecord(Optional.empty(), Optional.empty());
}
