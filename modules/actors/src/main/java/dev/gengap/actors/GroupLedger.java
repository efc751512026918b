package dev.gengap.actors;

import com.google.protobuf.Message;
import dev.gengap.core.Hashes;
import dev.gengap.core.RunId;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.Moment;
import dev.gengap.experiment.ledger.Ledger;
import dev.gengap.experiment.ledger.MeasureKey;
import dev.gengap.experiment.ledger.Snapshot;
import dev.gengap.experiment.ledger.Work;
import dev.gengap.experiment.ledger.WorkKey;
import dev.gengap.measures.api.Measure;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The ledger of one measure group, kept by the records of the snapshots and measurements topics.
 *
 * <p>Confined to its owner.
 */
final class GroupLedger {
  /** After which a measure that fails on a snapshot is given up. */
  static final int MOST_ATTEMPTS = 3;

  private final Predicate<String> runs;
  private final Map<String, OwnedSteps<Snapshot>> announced = new HashMap<>();
  private final Ledger ledger;

  /**
   * @param runs whether the snapshots of a run, by its id, are measured
   */
  GroupLedger(MeasureGroup group, List<Measure> measures, Predicate<String> runs) {
    this.runs = runs;
    this.ledger =
        new Ledger(
            measures.stream()
                .map(Measure::describe)
                .map(of -> key(of.key(), of.conventionsUnder(group.settings())))
                .toList(),
            group::wants,
            MOST_ATTEMPTS);
  }

  /**
   * Takes note of a manifest, a measurement, or of whose the steps of a run are; other records say
   * nothing about measuring. The snapshot of a step is that of its owner.
   */
  void observe(Message record) {
    if (record instanceof SnapshotManifest manifest && runs.test(manifest.getRun())) {
      announced(manifest);
    } else if (record instanceof RunState state && runs.test(state.getRun())) {
      RunId run = new RunId(state.getRun());
      steps(state.getRun()).observe(state).forEach(step -> ledger.withdrawn(run, step));
    } else if (record instanceof Measurement measurement) {
      WorkKey key =
          new WorkKey(
              new RunId(measurement.getRun()),
              measurement.getStep(),
              measurement.getSnapshotSha256(),
              key(measurement.getMeasure(), measurement.getConventionsMap()));
      if (measurement.getOutcomeCase() == Measurement.OutcomeCase.FAILURE) {
        ledger.failed(key, measurement.getAttempt());
      } else {
        ledger.published(key);
      }
    }
  }

  private void announced(SnapshotManifest manifest) {
    OwnedSteps<Snapshot> steps = steps(manifest.getRun());
    Snapshot snapshot = snapshot(manifest);
    int before = steps.incarnation(snapshot.step());
    if (steps.put(manifest.getIncarnation(), snapshot.step(), snapshot)) {
      if (before != manifest.getIncarnation()) {
        ledger.withdrawn(snapshot.run(), snapshot.step());
      }
      ledger.announced(snapshot);
    }
  }

  private OwnedSteps<Snapshot> steps(String run) {
    return announced.computeIfAbsent(run, id -> new OwnedSteps<>());
  }

  /** The most urgent work that nobody holds. */
  Optional<Work> lease() {
    return ledger.lease();
  }

  /** Ends a lease. */
  void release(Work work) {
    ledger.release(work.snapshot());
  }

  /** The measures of {@code work}, in order, with the number of the attempt that is next. */
  Map<String, Integer> attempts(Work work) {
    Map<String, Integer> attempts = new LinkedHashMap<>();
    for (MeasureKey measure : work.measures()) {
      WorkKey key = WorkKey.of(work.snapshot(), measure);
      attempts.put(measure.measure(), ledger.nextAttempt(key));
    }
    return attempts;
  }

  /** Measurements of {@code run} still to come from the snapshots announced so far. */
  int missing(RunId run) {
    return ledger.missing(run);
  }

  private static Snapshot snapshot(SnapshotManifest manifest) {
    return new Snapshot(
        new RunId(manifest.getRun()),
        manifest.getStep(),
        manifest.getSha256(),
        manifest.getReasonsList().stream()
            .map(Moment::parse)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet()));
  }

  private static MeasureKey key(String measure, Map<String, String> conventions) {
    return new MeasureKey(measure, conventionsHash(conventions));
  }

  /** Names a set of conventions: 64 hexadecimal digits, whatever their order. */
  static String conventionsHash(Map<String, String> conventions) {
    return Hashes.sha256(new TreeMap<>(conventions).toString());
  }
}
