package dev.gengap.monitor.report;

import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.experiment.results.ProgressRow;
import dev.gengap.experiment.results.RunFiles;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.experiment.results.RunSummary;
import dev.gengap.experiment.results.RunSummary.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the folder of a run holds. Immutable.
 *
 * @param plan the run
 * @param summary how it ended, if it has
 * @param progress what was logged while it trained
 * @param evaluated whether checks evaluated all training examples; otherwise the training loss is
 *     the epoch's mean
 * @param measurements of its snapshots, sorted by step
 */
record RunResults(
    RunPlan plan,
    Optional<RunSummary> summary,
    List<ProgressRow> progress,
    boolean evaluated,
    List<MeasurementRow> measurements) {

  /** The results of all runs of {@code experiment}, in the grid's order. */
  static List<RunResults> of(Experiment experiment, RunFolder folder) {
    List<RunResults> all = new ArrayList<>();
    for (RunPlan run : experiment.runs()) {
      RunFiles files = folder.run(run.id());
      List<ProgressRow> progress = files.progress();
      all.add(
          new RunResults(
              run, files.summary(), progress, isEvaluated(progress), files.measurements()));
    }
    return all;
  }

  /** The cell and the id: what tells the run from the others. */
  String title() {
    String id = plan.id().value();
    return plan.cell().isEmpty() ? id : plan.label() + " (" + id + ")";
  }

  /** Whether the run need not run again. */
  boolean isFinished() {
    return summary.map(RunSummary::isFinished).orElse(false);
  }

  /** The training loss at a check [nats]: of all examples if these are evaluated. */
  OptionalDouble trainLoss(ProgressRow row) {
    return evaluated ? row.trainLoss() : row.epochLoss();
  }

  /** The accuracy that belongs to {@link #trainLoss(ProgressRow)}. */
  OptionalDouble trainAccuracy(ProgressRow row) {
    return evaluated ? row.trainAccuracy() : row.epochAccuracy();
  }

  /** Epochs done. */
  OptionalDouble epochs() {
    return summary.isPresent()
        ? OptionalDouble.of(summary.get().epochs())
        : last().map(row -> OptionalDouble.of(row.epoch())).orElse(OptionalDouble.empty());
  }

  /** Optimiser steps done. */
  Optional<Long> steps() {
    return summary.map(RunSummary::steps).or(() -> last().map(ProgressRow::step));
  }

  /** The training loss at the end, or the last known [nats]. */
  OptionalDouble trainLoss() {
    return summary
        .flatMap(RunSummary::train)
        .map(scores -> OptionalDouble.of(scores.loss()))
        .or(() -> last().map(this::trainLoss))
        .orElse(OptionalDouble.empty());
  }

  /** The training accuracy at the end, or the last known. */
  OptionalDouble trainAccuracy() {
    return accuracy(summary.flatMap(RunSummary::train))
        .or(() -> last().map(this::trainAccuracy))
        .orElse(OptionalDouble.empty());
  }

  /** The test accuracy at the end, or the last known. */
  OptionalDouble testAccuracy() {
    return accuracy(summary.flatMap(RunSummary::test))
        .or(() -> last().map(ProgressRow::testAccuracy))
        .orElse(OptionalDouble.empty());
  }

  /** Training accuracy less test accuracy. */
  OptionalDouble gap() {
    OptionalDouble train = trainAccuracy();
    OptionalDouble test = testAccuracy();
    return train.isPresent() && test.isPresent()
        ? OptionalDouble.of(train.getAsDouble() - test.getAsDouble())
        : OptionalDouble.empty();
  }

  /** The end of a run is evaluated in any case. */
  private static boolean isEvaluated(List<ProgressRow> progress) {
    return progress.stream()
        .limit(Math.max(1, progress.size() - 1))
        .anyMatch(row -> row.trainLoss().isPresent());
  }

  private Optional<ProgressRow> last() {
    return progress.isEmpty() ? Optional.empty() : Optional.of(progress.get(progress.size() - 1));
  }

  private static Optional<OptionalDouble> accuracy(Optional<Scores> scores) {
    return scores.map(known -> OptionalDouble.of(known.accuracy()));
  }
}
