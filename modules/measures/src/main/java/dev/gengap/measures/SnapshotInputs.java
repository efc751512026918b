package dev.gengap.measures;

import dev.gengap.data.Examples;
import dev.gengap.measures.api.Inputs;

/** The inputs of a set of examples, made one at a time. Confined to one thread. */
final class SnapshotInputs implements Inputs {
  private final Examples examples;
  private final float[] row;

  SnapshotInputs(Examples examples) {
    this.examples = examples;
    this.row = new float[examples.features()];
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public int features() {
    return row.length;
  }

  @Override
  public void copy(int example, double[] into) {
    if (example < 0 || example >= examples.size()) {
      throw new IndexOutOfBoundsException(
          "example: " + example + " (expected: 0 … " + (examples.size() - 1) + ")");
    }
    examples.copyInputs(example, 1, row);
    for (int i = 0; i < row.length; i++) {
      into[i] = row[i];
    }
  }
}
