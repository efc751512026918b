package dev.gengap.data;

import java.util.Locale;

/**
 * What is done to the data: the six conditions of Zhang et al. 2017, and a permutation of labels.
 */
public enum ConditionKind {
  /** Unmodified. */
  NONE,
  /** Each label, with probability p, is redrawn uniformly from all classes. */
  PARTIAL_LABELS,
  /** Every label is redrawn uniformly: partial labels with p = 1. */
  RANDOM_LABELS,
  /** The labels are permuted among a fraction p of the examples, so class counts stay. */
  PERMUTED_LABELS,
  /** One random permutation of pixel positions, the same for every image of both splits. */
  SHUFFLED_PIXELS,
  /** Another random permutation for each image. */
  RANDOM_PIXELS,
  /** Gaussian noise with the mean and variance of the training set. */
  GAUSSIAN;

  /** As written in an experiment file: {@code partial-labels}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether labels change and images stay. */
  public boolean changesLabels() {
    return this == PARTIAL_LABELS || this == RANDOM_LABELS || this == PERMUTED_LABELS;
  }

  /** Whether images change and labels stay. */
  public boolean changesPixels() {
    return this == SHUFFLED_PIXELS || this == RANDOM_PIXELS || this == GAUSSIAN;
  }
}
