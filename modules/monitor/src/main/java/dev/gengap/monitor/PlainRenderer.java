package dev.gengap.monitor;

import dev.gengap.protocol.v1.MeasureGroup;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened between two views, a line each, for logs and pipes. Pure functions. */
public final class PlainRenderer {
  private PlainRenderer() {}

  /** The runs that changed their phase and the snapshots that were measured in full. */
  public static List<String> events(ExperimentView before, ExperimentView after) {
    Labels labels = new Labels(after);
    List<MeasureGroup> groups = after.header().getGroupsList();
    List<String> lines = new ArrayList<>();
    for (RunView run : after.runs()) {
      RunView earlier = before.known().getOrDefault(run.id(), RunView.unknown(run.id()));
      String label = labels.of(run) + ": ";
      newlyMeasured(earlier, run, groups).stream()
          .map(snapshot -> label + measured(run, snapshot, after.measureKeys()))
          .forEach(lines::add);
      if (run.phase() != earlier.phase()) {
        lines.add(label + phase(run));
      }
    }
    return lines;
  }

  /** Where {@code run} stands at the end of its newest epoch, if that is later than before. */
  public static Optional<String> epoch(ExperimentView before, ExperimentView after, RunView run) {
    RunView earlier = before.known().getOrDefault(run.id(), RunView.unknown(run.id()));
    Progress epoch = run.training().lastScored();
    if (!epoch.getEndOfEpoch() || epoch.getStep() <= earlier.training().lastScored().getStep()) {
      return Optional.empty();
    }
    Scores scores = run.scores();
    StringBuilder line = new StringBuilder(new Labels(after).of(run));
    line.append(": epoch ").append(Format.epochs(epoch.getEpoch()));
    line.append("  step ").append(epoch.getStep());
    line.append("  loss ").append(Format.number(scores.trainLoss()));
    line.append("  accuracy ").append(Format.fraction(scores.trainAccuracy()));
    if (!Double.isNaN(scores.testAccuracy())) {
      line.append("  test ").append(Format.fraction(scores.testAccuracy()));
    }
    line.append("  steps/s ").append(Format.rate(run.training().stepsPerSecond()));
    if (run.secondsLeft().isPresent()) {
      line.append("  left ").append(Format.timeLeft(run.secondsLeft()));
    }
    return Optional.of(line.toString());
  }

  private static List<SnapshotView> newlyMeasured(
      RunView before, RunView after, List<MeasureGroup> groups) {
    return after.measures().snapshots().values().stream()
        .filter(snapshot -> after.measures().isMeasured(snapshot.step(), groups))
        .filter(snapshot -> !before.measures().isMeasured(snapshot.step(), groups))
        .toList();
  }

  private static String measured(RunView run, SnapshotView snapshot, List<String> measures) {
    StringBuilder line = new StringBuilder("snapshot at step ").append(snapshot.step());
    line.append(" (").append(Format.plain(String.join(", ", snapshot.reasons()))).append(')');
    line.append(" measured");
    Map<String, Measurement> latest = run.measures().latest();
    measures.stream()
        .map(latest::get)
        .filter(m -> m != null && m.getStep() == snapshot.step() && !m.hasLayerValues())
        .limit(4)
        .forEach(
            m ->
                line.append("  ")
                    .append(Format.plain(m.getMeasure()))
                    .append(' ')
                    .append(Format.outcome(m)));
    return line.toString();
  }

  private static String phase(RunView run) {
    String steps = run.phase() == Phase.WAITING || run.step() == 0 ? "" : " at step " + run.step();
    String reason = Format.plain(run.state().getReason());
    return Phases.name(run.phase()) + steps + (reason.isEmpty() ? "" : ": " + reason);
  }
}
