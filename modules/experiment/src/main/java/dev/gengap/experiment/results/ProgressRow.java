package dev.gengap.experiment.results;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How far a run had come at one check. Nothing here depends on the clock, so that the same run
 * twice gives the same file; times are in {@link TimingRow}.
 *
 * @param step optimiser steps done
 * @param epoch epochs done, a fraction within one
 * @param epochLoss mean cross-entropy over the training passes of the epoch so far [nats]
 * @param epochAccuracy of the same passes, in [0, 1]
 * @param trainLoss mean cross-entropy of all training examples in evaluation mode [nats]
 * @param trainAccuracy of the same, in [0, 1]
 * @param testLoss mean cross-entropy of the test examples [nats]
 * @param testAccuracy of the same, in [0, 1]
 * @param learningRate of the last step
 * @param heldOutLoss mean cross-entropy of the held-out training examples [nats]
 * @param heldOutAccuracy of the same, in [0, 1]
 */
public record ProgressRow(
    long step,
    double epoch,
    OptionalDouble epochLoss,
    OptionalDouble epochAccuracy,
    OptionalDouble trainLoss,
    OptionalDouble trainAccuracy,
    OptionalDouble testLoss,
    OptionalDouble testAccuracy,
    double learningRate,
    OptionalDouble heldOutLoss,
    OptionalDouble heldOutAccuracy) {

  /** The columns of {@code progress.csv}. */
  public static final CsvForm<ProgressRow> FORM =
      new CsvForm<>(
          List.of(
              "step",
              "epoch",
              "epoch_loss",
              "epoch_accuracy",
              "train_loss",
              "train_accuracy",
              "test_loss",
              "test_accuracy",
              "learning_rate",
              "held_out_loss",
              "held_out_accuracy"),
          ProgressRow::cells,
          ProgressRow::of);

  private List<String> cells() {
    return List.of(
        Long.toString(step),
        Csv.number(epoch),
        Csv.number(epochLoss),
        Csv.number(epochAccuracy),
        Csv.number(trainLoss),
        Csv.number(trainAccuracy),
        Csv.number(testLoss),
        Csv.number(testAccuracy),
        Csv.number(learningRate),
        Csv.number(heldOutLoss),
        Csv.number(heldOutAccuracy));
  }

  private static ProgressRow of(List<String> cells) {
    return new ProgressRow(
        Long.parseLong(cells.get(0)),
        Double.parseDouble(cells.get(1)),
        Csv.number(cells.get(2)),
        Csv.number(cells.get(3)),
        Csv.number(cells.get(4)),
        Csv.number(cells.get(5)),
        Csv.number(cells.get(6)),
        Csv.number(cells.get(7)),
        Double.parseDouble(cells.get(8)),
        Csv.number(cells.get(9)),
        Csv.number(cells.get(10)));
  }
}
