package dev.gengap.measures.api;

/** What a measure may need besides the weights; where it is not there, the measure cannot apply. */
public enum Need {
  /** No normalisation that undoes the scale of the weights before it: batch or layer norm. */
  PLAIN_WEIGHTS("needs layers without layer norm, which undoes the scale of their weights"),
  /** Layers through which all paths from inputs to outputs are known: no normalisation. */
  PATHS("needs layers whose paths are known"),
  /** The weights of the same run at step 0. */
  INITIAL_WEIGHTS("needs the initial snapshot"),
  /** The network's outputs on the training set. */
  TRAIN_OUTPUTS("needs the training set"),
  /** Passes over training examples with any parameters, which a normalisation is not to undo. */
  TRAIN_PASSES("needs the training set"),
  /** The labels of the training set before their corruption. */
  ORIGINAL_LABELS("needs the original labels"),
  /** What evaluations of the whole training set found while the network was trained. */
  TRAINING_HISTORY("needs the training history, which training.stop.evaluate = full keeps"),
  /** The network's outputs on the test set. */
  TEST_OUTPUTS("needs the test set"),
  /** What the network is given on the training set. */
  TRAIN_INPUTS("needs the training set"),
  /** What the network is given on the test set. */
  TEST_INPUTS("needs the test set"),
  /**
   * A margin γ > 0, which only the measures that divide by it need. 1/γ² of a negative margin looks
   * like any other number and means nothing.
   */
  POSITIVE_MARGIN("invalid margin");

  private final String reason;

  Need(String reason) {
    this.reason = reason;
  }

  /** Why a measure cannot apply without it. */
  public String reason() {
    return reason;
  }
}
