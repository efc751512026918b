package dev.gengap.monitor;

import com.google.protobuf.Message;
import dev.gengap.protocol.v1.ExperimentHeader;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is known of an experiment: a pure fold over the records of its topics, in whatever order the
 * topics deliver them relative to each other. Immutable.
 *
 * @param header what the experiment is; the default instance until its record arrives
 * @param known every run a record named, by id, those of earlier versions of the file included
 */
public record ExperimentView(ExperimentHeader header, Map<String, RunView> known) {
  private static final Set<Phase> ENDED = Set.of(Phase.FINISHED, Phase.FAILED, Phase.STOPPED);

  /** Nothing known yet. */
  public static final ExperimentView EMPTY =
      new ExperimentView(ExperimentHeader.getDefaultInstance(), Map.of());

  public ExperimentView {
    known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
  }

  /**
   * This view and what {@code records} add to it.
   *
   * @param records experiment headers, run states, progress, snapshot manifests and measurements
   * @throws IllegalArgumentException if a record is of another kind
   */
  public ExperimentView with(Collection<? extends Message> records) {
    if (records.isEmpty()) {
      return this;
    }
    Fold fold = new Fold(header, new LinkedHashMap<>(known));
    records.forEach(fold::add);
    return new ExperimentView(fold.header, fold.runs);
  }

  /** Whether the header has arrived. */
  public boolean isNamed() {
    return header.getRunsCount() > 0;
  }

  /** The runs of the current file in the order of the grid, or all known ones before its header. */
  public List<RunView> runs() {
    if (!isNamed()) {
      return List.copyOf(known.values());
    }
    return header.getRunsList().stream()
        .map(id -> known.getOrDefault(id, RunView.unknown(id)))
        .toList();
  }

  /** Whether the header is known and no run waits or runs any longer. */
  public boolean ended() {
    return isNamed() && runs().stream().allMatch(run -> ENDED.contains(run.phase()));
  }

  /** Whether the experiment has ended and every snapshot has an outcome for every measure. */
  public boolean complete() {
    return ended() && runs().stream().allMatch(this::isSettled);
  }

  /** A stopped run is measured when it carries on. */
  private boolean isSettled(RunView run) {
    return run.phase() == Phase.STOPPED
        || (run.measures().snapshots().keySet().containsAll(run.state().getSnapshotStepsList())
            && run.measures().complete(header.getGroupsList()));
  }

  /** The measures asked for, by key, in the order of their groups. */
  List<String> measureKeys() {
    return header.getGroupsList().stream()
        .flatMap(group -> group.getMeasuresList().stream())
        .distinct()
        .toList();
  }

  private static final class Fold {
    private ExperimentHeader header;
    private final Map<String, RunView> runs;

    Fold(ExperimentHeader header, Map<String, RunView> runs) {
      this.header = header;
      this.runs = runs;
    }

    void add(Message message) {
      if (message instanceof ExperimentHeader newest) {
        header = newest;
      } else if (message instanceof RunState state) {
        update(state.getRun(), run -> run.with(state));
      } else if (message instanceof Progress progress) {
        update(progress.getRun(), run -> run.with(progress));
      } else if (message instanceof SnapshotManifest manifest) {
        update(manifest.getRun(), run -> run.with(manifest));
      } else if (message instanceof Measurement measurement) {
        update(measurement.getRun(), run -> run.with(measurement));
      } else {
        throw new IllegalArgumentException(
            "record: "
                + message.getDescriptorForType().getFullName()
                + " (expected: ExperimentHeader, RunState, Progress, SnapshotManifest or"
                + " Measurement)");
      }
    }

    private void update(String id, UnaryOperator<RunView> change) {
      runs.put(id, change.apply(runs.getOrDefault(id, RunView.unknown(id))));
    }
  }
}
