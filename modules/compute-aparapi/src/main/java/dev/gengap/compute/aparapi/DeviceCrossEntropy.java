package dev.gengap.compute.aparapi;

import dev.gengap.compute.CrossEntropy;
import java.util.List;

/** Softmax cross-entropy on the device, in float32; the sum of the losses in double. */
final class DeviceCrossEntropy implements CrossEntropy {
  private final DeviceArena arena;
  private final int rows;
  private final int classes;
  private final int labelsAt;
  private final int lossesAt;
  private final int instruction;
  private final float[] labels;

  /** The losses, then whether each is predicted. */
  private final float[] results;

  private double lossSum;
  private int correct;

  DeviceCrossEntropy(Memory memory, AparapiTensor logits, AparapiTensor gradient) {
    if (!logits.shape().equals(gradient.shape())) {
      throw new IllegalArgumentException(
          "gradient: " + gradient.shape() + " (expected: " + logits.shape() + ")");
    }
    arena = memory.arena();
    rows = logits.rows();
    classes = logits.columns();
    labels = new float[rows];
    results = new float[2 * rows];
    labelsAt = arena.allocate(rows);
    lossesAt = arena.allocate(2 * rows);
    arena.expectTransfers(2 * rows);
    instruction =
        arena.program(
            List.of(
                Instruction.of(
                    Opcode.CROSS_ENTROPY,
                    logits.offset(),
                    labelsAt,
                    gradient.offset(),
                    lossesAt,
                    rows,
                    classes)));
  }

  @Override
  public void run(int[] newLabels) {
    if (newLabels.length < rows) {
      throw new IllegalArgumentException(
          "labels: " + newLabels.length + " (expected: one for each of " + rows + " rows)");
    }
    for (int row = 0; row < rows; row++) {
      if (newLabels[row] < 0 || newLabels[row] >= classes) {
        throw new IllegalArgumentException(
            "label: " + newLabels[row] + " (expected: 0 … " + (classes - 1) + ")");
      }
      labels[row] = newLabels[row];
    }
    arena.write(labelsAt, labels, rows);
    arena.run(instruction, 1);
    arena.read(lossesAt, results, results.length);
    lossSum = 0;
    correct = 0;
    for (int row = 0; row < rows; row++) {
      lossSum += results[row];
      correct += results[rows + row] > 0 ? 1 : 0;
    }
  }

  @Override
  public double lossSum() {
    return lossSum;
  }

  @Override
  public int correct() {
    return correct;
  }

  @Override
  public void readLosses(double[] into) {
    for (int row = 0; row < rows; row++) {
      into[row] = results[row];
    }
  }
}
