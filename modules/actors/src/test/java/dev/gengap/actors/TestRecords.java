package dev.gengap.actors;

import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Placement;
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

  /** Of an assignment that goes on from {@code firstStep}; 0: it begins anew. */
  static Placement placement(int incarnation, long firstStep) {
    return Placement.newBuilder()
        .setIncarnation(incarnation)
        .setKind("cpu")
        .setDevice("a processor")
        .setResumed(firstStep > 0)
        .setFirstStep(firstStep)
        .build();
  }

  /** A running run whose incarnations 1, 2, … went on from {@code firstSteps}. */
  static RunState placed(long... firstSteps) {
    RunState.Builder placed = state(Phase.RUNNING).toBuilder().setIncarnation(firstSteps.length);
    for (int i = 0; i < firstSteps.length; i++) {
      placed.addPlacements(placement(i + 1, firstSteps[i]));
    }
    return placed.build();
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
