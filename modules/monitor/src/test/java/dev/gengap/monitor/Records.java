package dev.gengap.monitor;

import com.google.protobuf.Message;
import dev.gengap.protocol.v1.ExperimentHeader;
import dev.gengap.protocol.v1.LayerValues;
import dev.gengap.protocol.v1.MeasureGroup;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.List;

/** Records as an experiment of two kinds of labels publishes them. */
final class Records {
  static final String TRUE_LABELS = "aaaaaaaaaaaa";
  static final String RANDOM_LABELS = "bbbbbbbbbbbb";

  private Records() {}

  static ExperimentHeader header(String... runs) {
    return ExperimentHeader.newBuilder()
        .setName("quickstart")
        .addAllRuns(List.of(runs))
        .addAllVaryingKeys(List.of("condition.p"))
        .addGroups(
            MeasureGroup.newBuilder()
                .setName("norms")
                .addAllMeasures(List.of("margin_p5", "ln_spectral_capacity")))
        .build();
  }

  static RunState.Builder state(String run, Phase phase, String p) {
    return RunState.newBuilder()
        .setRun(run)
        .setPhase(phase)
        .setIncarnation(1)
        .putCell("condition.p", p)
        .setMaxSteps(1200)
        .setStepsPerEpoch(40);
  }

  static Progress.Builder progress(String run, long step) {
    return Progress.newBuilder()
        .setRun(run)
        .setIncarnation(1)
        .setStep(step)
        .setEpoch(step / 40.0)
        .setRunningLoss(0.12345)
        .setRunningAccuracy(0.98765)
        .setStepsPerSecond(312)
        .setEndOfEpoch(step % 40 == 0);
  }

  static SnapshotManifest snapshot(String run, long step, String reason) {
    return SnapshotManifest.newBuilder()
        .setRun(run)
        .setStep(step)
        .setEpoch(step / 40.0)
        .addReasons(reason)
        .build();
  }

  static Measurement value(String run, long step, String measure, double value) {
    return measurement(run, step, measure).setValue(value).build();
  }

  static Measurement.Builder measurement(String run, long step, String measure) {
    return Measurement.newBuilder().setRun(run).setStep(step).setMeasure(measure);
  }

  static Measurement layers(String run, long step, String measure, double... values) {
    LayerValues.Builder layers = LayerValues.newBuilder();
    for (double value : values) {
      layers.addValues(value);
    }
    return measurement(run, step, measure).setLayerValues(layers).build();
  }

  static ExperimentView view(Message... records) {
    return ExperimentView.EMPTY.with(List.of(records));
  }

  /** One run half-way with measures, one that waits. */
  static ExperimentView halfWay() {
    return view(
        header(TRUE_LABELS, RANDOM_LABELS),
        state(TRUE_LABELS, Phase.RUNNING, "0").build(),
        state(RANDOM_LABELS, Phase.WAITING, "1").build(),
        progress(TRUE_LABELS, 600).build(),
        snapshot(TRUE_LABELS, 400, "every 10 epochs"),
        value(TRUE_LABELS, 400, "margin_p5", 0.52341),
        value(TRUE_LABELS, 400, "ln_spectral_capacity", 17.3));
  }

  /** One run finished and evaluated, one failed. */
  static ExperimentView ended() {
    return view(
        header(TRUE_LABELS, RANDOM_LABELS),
        state(TRUE_LABELS, Phase.FINISHED, "0").setSteps(1200).setReason("max-steps").build(),
        state(RANDOM_LABELS, Phase.FAILED, "1").setReason("loss: nan at step 80").build(),
        progress(TRUE_LABELS, 1200)
            .setFullTrainLoss(0.00812)
            .setFullTrainAccuracy(0.99996)
            .setTestAccuracy(0.42)
            .build(),
        progress(RANDOM_LABELS, 80).setRunningLoss(Double.NaN).build(),
        value(TRUE_LABELS, 1200, "margin_p5", 4.1),
        layers(TRUE_LABELS, 1200, "layer_spectral", 1, 2),
        measurement(RANDOM_LABELS, 80, "margin_p5").setNotApplicable("invalid margin").build());
  }
}
