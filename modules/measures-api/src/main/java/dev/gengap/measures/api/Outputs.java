package dev.gengap.measures.api;

/**
 * A network's outputs on a set of examples, with their labels. The arrays are shared, not copied:
 * treat them as immutable.
 *
 * @param classes number of classes K
 * @param logits (example, class), row-major
 * @param labels one per example, in 0 … K−1
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: never compared by equals
public record Outputs(int classes, double[] logits, int[] labels) {
  public Outputs {
    if ((long) labels.length * classes != logits.length) {
      throw new IllegalArgumentException(
          "logits: "
              + logits.length
              + " (expected: "
              + labels.length
              + " examples × "
              + classes
              + " classes)");
    }
  }

  /** Number of examples. */
  public int size() {
    return labels.length;
  }

  /** The output of example {@code example} for class {@code label}. */
  public double logit(int example, int label) {
    return logits[example * classes + label];
  }
}
