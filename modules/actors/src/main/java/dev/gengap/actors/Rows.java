package dev.gengap.actors;

import dev.gengap.core.RunId;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.experiment.results.MeasureTimingRow;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.experiment.results.MeasurementRow.Status;
import dev.gengap.experiment.results.ProgressRow;
import dev.gengap.experiment.results.RunSummary;
import dev.gengap.experiment.results.TimingRow;
import dev.gengap.experiment.results.TrainedOn;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Placement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Records of the topics, as rows of a run's files. */
final class Rows {
  private Rows() {}

  static ProgressRow progress(Progress at) {
    return new ProgressRow(
        at.getStep(),
        at.getEpoch(),
        OptionalDouble.of(at.getRunningLoss()),
        OptionalDouble.of(at.getRunningAccuracy()),
        optional(at.hasFullTrainLoss(), at.getFullTrainLoss()),
        optional(at.hasFullTrainAccuracy(), at.getFullTrainAccuracy()),
        optional(at.hasTestLoss(), at.getTestLoss()),
        optional(at.hasTestAccuracy(), at.getTestAccuracy()),
        at.getLearningRate(),
        optional(at.hasHeldOutLoss(), at.getHeldOutLoss()),
        optional(at.hasHeldOutAccuracy(), at.getHeldOutAccuracy()));
  }

  static TimingRow timing(Progress at) {
    return new TimingRow(at.getStep(), at.getSeconds(), at.getStepsPerSecond());
  }

  static MeasureTimingRow measureTiming(Measurement of) {
    return new MeasureTimingRow(
        of.getStep(),
        of.getMeasure(),
        MeasurementRow.conventions(of.getConventionsMap()),
        of.getWallMillis() / 1e3,
        of.getDevice(),
        of.getStalenessSteps());
  }

  /** One row for a value of the whole network, or one for each weight layer. */
  static List<MeasurementRow> measurement(Measurement of) {
    return switch (of.getOutcomeCase()) {
      case VALUE ->
          List.of(row(of, OptionalInt.empty(), OptionalDouble.of(of.getValue()), Status.OK, ""));
      case LAYER_VALUES -> layers(of);
      case NOT_APPLICABLE -> List.of(none(of, Status.NOT_APPLICABLE, of.getNotApplicable()));
      case FAILURE -> List.of(none(of, Status.FAILED, of.getFailure()));
      case OUTCOME_NOT_SET -> List.of(none(of, Status.FAILED, "record without an outcome"));
    };
  }

  private static List<MeasurementRow> layers(Measurement of) {
    List<MeasurementRow> rows = new ArrayList<>();
    for (double value : of.getLayerValues().getValuesList()) {
      rows.add(row(of, OptionalInt.of(rows.size()), OptionalDouble.of(value), Status.OK, ""));
    }
    return List.copyOf(rows);
  }

  private static MeasurementRow none(Measurement of, Status status, String reason) {
    return row(of, OptionalInt.empty(), OptionalDouble.empty(), status, reason);
  }

  private static MeasurementRow row(
      Measurement of, OptionalInt layer, OptionalDouble value, Status status, String reason) {
    return new MeasurementRow(
        new RunId(of.getRun()),
        of.getStep(),
        of.getEpoch(),
        of.getMeasure(),
        layer,
        value,
        optional(of.hasStandardError(), of.getStandardError()),
        of.getTimeLimited(),
        status,
        reason,
        of.getSeed(),
        MeasurementRow.conventions(of.getConventionsMap()));
  }

  /** How the run ended, once it has. */
  static RunSummary.Outcome outcome(RunState state) {
    return switch (state.getEnding()) {
      case TRAIN_LOSS -> RunSummary.Outcome.TRAIN_LOSS;
      case EARLY_STOPPED -> RunSummary.Outcome.EARLY_STOPPED;
      case MAX_EPOCHS -> RunSummary.Outcome.MAX_EPOCHS;
      case MAX_STEPS -> RunSummary.Outcome.MAX_STEPS;
      case DIVERGED, ENDING_UNSPECIFIED, UNRECOGNIZED -> RunSummary.Outcome.FAILED;
    };
  }

  /** Where the run was trained. */
  static List<TrainedOn> trainedOn(RunState state) {
    return state.getPlacementsList().stream().map(Rows::trainedOn).toList();
  }

  private static TrainedOn trainedOn(Placement placement) {
    Device device =
        new Device(
            DeviceKind.valueOf(placement.getKind().toUpperCase(Locale.ROOT)),
            placement.getIndex(),
            placement.getDevice());
    return new TrainedOn(
        placement.getIncarnation(), device, placement.getResumed(), placement.getFailure());
  }

  private static OptionalDouble optional(boolean present, double value) {
    return present ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
