package dev.gengap.actors;

import dev.gengap.experiment.Device;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.Moment;
import dev.gengap.experiment.RunPlan;
import dev.gengap.measures.MeasureResult;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Settings;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.ExperimentHeader;
import dev.gengap.protocol.v1.LayerValues;
import dev.gengap.protocol.v1.MeasureGroup;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Placement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.training.ProgressReport;
import java.util.Map;
import java.util.TreeMap;

/** What actors learn, as records for the topics. */
final class Records {
  private Records() {}

  /**
   * The state of a training loop.
   *
   * @param seconds since the assignment began
   */
  static Progress progress(RunAssignment assignment, ProgressReport report, double seconds) {
    Progress.Builder record =
        Progress.newBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setRun(assignment.run())
            .setIncarnation(assignment.incarnation())
            .setStep(report.step())
            .setNextSequence(report.nextSequence())
            .setEpoch(report.epoch())
            .setRunningLoss(report.running().loss())
            .setRunningAccuracy(report.running().accuracy())
            .setEndOfEpoch(report.endOfEpoch())
            .setStepsPerSecond(report.stepsPerSecond())
            .setSeconds(seconds)
            .setLearningRate(report.learningRate());
    report
        .fullTrain()
        .ifPresent(
            full -> record.setFullTrainLoss(full.loss()).setFullTrainAccuracy(full.accuracy()));
    report
        .heldOut()
        .ifPresent(held -> record.setHeldOutLoss(held.loss()).setHeldOutAccuracy(held.accuracy()));
    report
        .test()
        .ifPresent(test -> record.setTestLoss(test.loss()).setTestAccuracy(test.accuracy()));
    return record.build();
  }

  /** An assignment to {@code device}, from the resume point of {@code firstStep}, if above 0. */
  static Placement placement(int incarnation, Device device, long firstStep) {
    return Placement.newBuilder()
        .setIncarnation(incarnation)
        .setKind(device.kind().key())
        .setIndex(device.index())
        .setDevice(device.name())
        .setResumed(firstStep > 0)
        .setFirstStep(firstStep)
        .build();
  }

  /** What the experiment is. */
  static ExperimentHeader header(Experiment experiment) {
    ExperimentHeader.Builder header =
        ExperimentHeader.newBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setName(experiment.name())
            .addAllRuns(experiment.runs().stream().map(run -> run.id().value()).toList())
            .addAllVaryingKeys(RunPlan.axes(experiment.runs()));
    for (var group : experiment.measures()) {
      header.addGroups(
          MeasureGroup.newBuilder()
              .setName(group.name())
              .addAllMeasures(group.keys())
              .addAllAt(group.at().stream().map(Moment::toString).sorted().toList())
              .putAllSettings(settings(group.settings())));
    }
    return header.build();
  }

  private static Map<String, Double> settings(Settings settings) {
    Map<String, Double> byKey = new TreeMap<>();
    settings.chosen().forEach((setting, value) -> byKey.put(setting.key(), value));
    return byKey;
  }

  /** What a measure found on the snapshot of {@code order}, or why it found nothing. */
  static Measurement measurement(MeasureWorker.Order order, MeasureResult result, String device) {
    SnapshotManifest manifest = order.manifest();
    Measurement.Builder record =
        Measurement.newBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setRun(manifest.getRun())
            .setStep(manifest.getStep())
            .setEpoch(manifest.getEpoch())
            .setMeasure(result.key())
            .putAllConventions(result.conventions())
            .setAttempt(order.attempts().get(result.key()))
            .setWallMillis(result.wallMillis())
            .setDevice(device)
            .setSeed(result.seed())
            .setSnapshotSha256(manifest.getSha256())
            .setStalenessSteps(Math.max(0, order.newestStep().getAsLong() - manifest.getStep()));
    if (result.outcome() instanceof Outcome.Failed failed) {
      return record.setFailure(failed.reason()).build();
    }
    return with(record, ((Outcome.Measured) result.outcome()).value()).build();
  }

  private static Measurement.Builder with(Measurement.Builder record, MeasuredValue value) {
    if (value instanceof MeasuredValue.Scalar scalar) {
      scalar.standardError().ifPresent(record::setStandardError);
      return record.setValue(scalar.value()).setTimeLimited(scalar.timeLimited());
    }
    if (value instanceof MeasuredValue.PerLayer layers) {
      return record.setLayerValues(LayerValues.newBuilder().addAllValues(layers.values()));
    }
    return record.setNotApplicable(((MeasuredValue.NotApplicable) value).reason());
  }
}
