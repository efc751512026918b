package dev.gengap.streams;

/** The run was assigned again, to someone else: whoever gets this stops working on it. */
public final class StaleIncarnationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int newest;

  StaleIncarnationException(String run, int held, int newest) {
    super("run " + run + ": incarnation: " + held + " (expected: " + newest + ", the newest)");
    this.newest = newest;
  }

  /** The incarnation that took over. */
  public int newest() {
    return newest;
  }
}
