package dev.gengap.cli.train;

import dev.gengap.compute.RowSource;
import dev.gengap.data.Examples;
import dev.gengap.training.Minibatch;
import dev.gengap.training.MinibatchSource;

/** Minibatches of consecutive examples in the file's order, wrapping around at its end. */
final class ConsecutiveRows implements MinibatchSource {
  private final Examples examples;
  private final int[] labels;
  private final float[] inputs;
  private final float[] row;
  private long sequence;
  private int position;

  ConsecutiveRows(Examples examples, int batchSize) {
    this.examples = examples;
    this.labels = new int[batchSize];
    this.inputs = new float[batchSize * examples.features()];
    this.row = new float[examples.features()];
  }

  @Override
  public Minibatch next() {
    for (int i = 0; i < labels.length; i++) {
      labels[i] = examples.label(position);
      examples.copyInputs(position, 1, row);
      System.arraycopy(row, 0, inputs, i * row.length, row.length);
      position = (position + 1) % examples.size();
    }
    RowSource rows = RowSource.of(inputs, row.length);
    return new Minibatch(sequence++, 0, false, labels, rows, labels.length);
  }
}
