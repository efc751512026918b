package dev.gengap.experiment;

/**
 * How minibatches travel. Neither changes a bit of a run.
 *
 * @param window minibatches a feeder may be ahead of its trainer, &gt; 0
 * @param payload what a record carries
 */
public record Feed(int window, Payload payload) {

  /** What a record of a feed carries. */
  public enum Payload {
    /** The examples: any trainer can use them. */
    PIXELS,
    /** The examples' numbers: for trainers that hold the reference training set. */
    IDS
  }
}
