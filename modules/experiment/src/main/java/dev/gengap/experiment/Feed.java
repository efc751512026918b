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
    PIXELS(64),
    /** The examples' numbers: for trainers that hold the reference training set. */
    IDS(1024);

    private final int window;

    Payload(int window) {
      this.window = window;
    }

    /** The window of feeds that name none: numbers are a thousandth the size of examples. */
    public int window() {
      return window;
    }
  }

  /** A feed with the window of its payload. */
  public static Feed of(Payload payload) {
    return new Feed(payload.window(), payload);
  }
}
