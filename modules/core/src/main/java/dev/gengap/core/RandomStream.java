package dev.gengap.core;

/**
 * What a random number is for. Each purpose draws from a sequence of its own, so adding draws to
 * one never moves another. The tags are part of every experiment's results: never renumber one.
 */
public enum RandomStream {
  /** Whether an example's label is corrupted (compared with p, so conditions are nested in p). */
  LABEL_CORRUPTED(1),
  /** The class a corrupted label becomes. */
  LABEL_CLASS(2),
  /** The permutation of labels over examples. */
  LABEL_PERMUTATION(3),
  /** The one permutation of pixel positions shared by all images. */
  SHUFFLED_PIXELS(4),
  /** A permutation of pixel positions per image. */
  RANDOM_PIXELS(5),
  /** Gaussian noise images. */
  GAUSSIAN_PIXELS(6),
  /** The order of examples within an epoch. */
  BATCH_ORDER(7),
  /** Initial parameters. */
  INITIALISATION(8),
  /** The generated data set: training images. */
  GENERATED_TRAIN(9),
  /** The generated data set: test images. */
  GENERATED_TEST(10),
  /** Start vectors of iterative measures, and vectors that probe operators. */
  MEASURE_START(11),
  /** Derivation of one seed from another. */
  SEED_DERIVATION(12),
  /** Test labels and images corrupted as the training set is. */
  TEST_CORRUPTION(13),
  /** Choice of a subset of examples. */
  SUBSET(14),
  /** What augmentation does to an example in an epoch. */
  AUGMENTATION(15),
  /** Which activations dropout drops. */
  DROPOUT(16),
  /** Perturbations of the parameters whose effect measures average. */
  PERTURBATION(17);

  private final int tag;

  RandomStream(int tag) {
    this.tag = tag;
  }

  int tag() {
    return tag;
  }
}
