package dev.gengap.actors;

import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.List;

/** Records of one run of two epochs of five steps. */
final class TestRecords {
  static final String RUN = "0123456789ab";

  private TestRecords() {}

  static Progress progress(long step, double loss) {
    return Progress.newBuilder()
        .setSchemaVersion(1)
        .setRun(RUN)
        .setStep(step)
        .setEpoch(step / 5.0)
        .setRunningLoss(loss)
        .setRunningAccuracy(0.5)
        .setEndOfEpoch(step % 5 == 0)
        .setLearningRate(0.1)
        .build();
  }

  static RunState state(Phase phase) {
    return RunState.newBuilder()
        .setSchemaVersion(1)
        .setRun(RUN)
        .setPhase(phase)
        .setStepsPerEpoch(5)
        .build();
  }

  static SnapshotManifest manifest(long step, String... reasons) {
    return SnapshotManifest.newBuilder()
        .setSchemaVersion(1)
        .setRun(RUN)
        .setStep(step)
        .addAllReasons(List.of(reasons))
        .build();
  }

  static Measurement.Builder measurement(String measure, long step) {
    return Measurement.newBuilder()
        .setSchemaVersion(1)
        .setRun(RUN)
        .setStep(step)
        .setEpoch(step / 5.0)
        .setMeasure(measure)
        .setAttempt(1);
  }
}
