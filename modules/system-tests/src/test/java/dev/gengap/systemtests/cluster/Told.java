package dev.gengap.systemtests.cluster;

import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.RecordTail;
import dev.gengap.streams.RecordType;
import dev.gengap.streams.RecordTypes;
import dev.gengap.streams.StreamsConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What Kafka tells of an experiment whose runs changed hands. Immutable. */
final class Told {
  private final Map<String, StepOwner> owners = new HashMap<>();
  private final List<Progress> progress;
  private final List<SnapshotManifest> manifests;
  private final List<Measurement> measurements;

  private Told(BrokerConnection connection) {
    for (RunState state : all(connection, RecordTypes.RUN_STATES)) {
      owners.merge(state.getRun(), StepOwner.of(state), (before, now) -> before.with(state));
    }
    progress = all(connection, RecordTypes.PROGRESS);
    manifests = all(connection, RecordTypes.SNAPSHOTS);
    measurements = all(connection, RecordTypes.MEASUREMENTS);
  }

  /** Reads everything there is of {@code experiment}. */
  static Told read(String bootstrap, String experiment) {
    try (BrokerConnection connection =
        BrokerConnection.open(StreamsConfig.of(bootstrap, experiment))) {
      return new Told(connection);
    }
  }

  /** What is not as {@code undisturbed} has it; empty where everything is. */
  List<String> differences(Outcome undisturbed) {
    List<String> found = new ArrayList<>();
    compare("epochs", epochs().keySet(), undisturbed.epochs(), found);
    compare("measurements", measured(), undisturbed.measured(), found);
    epochs()
        .forEach(
            (epoch, by) -> {
              if (by.size() > 1) {
                found.add(epoch + ": told by incarnations " + by);
              }
            });
    return found;
  }

  private static void compare(
      String what, Set<String> told, Set<String> expected, List<String> differences) {
    if (!told.equals(expected)) {
      Set<String> missing = new TreeSet<>(expected);
      missing.removeAll(told);
      Set<String> surplus = new TreeSet<>(told);
      surplus.removeAll(expected);
      differences.add(what + ": missing " + missing + ", surplus " + surplus);
    }
  }

  private static <T extends com.google.protobuf.Message> List<T> all(
      BrokerConnection connection, RecordType<T> type) {
    try (RecordTail<T> tail = RecordTail.open(connection, type)) {
      return tail.readToEnd();
    }
  }

  /** How often runs were assigned. */
  int incarnations() {
    return owners.values().stream().mapToInt(StepOwner::newest).sum();
  }

  /** Whether some assignment went on where an earlier one had come to. */
  boolean someWentOn() {
    return owners.values().stream()
        .anyMatch(owner -> owner.firstSteps().values().stream().anyMatch(first -> first > 0));
  }

  /** run/step of the ends of epochs that count, each with the incarnations that tell of it. */
  private Map<String, Set<Integer>> epochs() {
    Map<String, Set<Integer>> told = new TreeMap<>();
    for (Progress record : progress) {
      int incarnation = record.getIncarnation();
      if (record.getEndOfEpoch() && counts(record.getRun(), incarnation, record.getStep())) {
        told.computeIfAbsent(record.getRun() + "/" + record.getStep(), key -> new HashSet<>())
            .add(incarnation);
      }
    }
    return told;
  }

  private boolean counts(String run, int incarnation, long step) {
    return owners.get(run).accepts(incarnation, step);
  }

  /** run/step/measure of what was measured of the snapshots that count. */
  private Set<String> measured() {
    Map<String, String> hashes = new HashMap<>();
    for (SnapshotManifest manifest : manifests) {
      if (counts(manifest.getRun(), manifest.getIncarnation(), manifest.getStep())) {
        hashes.put(manifest.getRun() + "/" + manifest.getStep(), manifest.getSha256());
      }
    }
    Map<String, Measurement> newest = new HashMap<>();
    measurements.forEach(found -> newest.put(RecordTypes.measurementKey(found), found));
    Set<String> measured = new HashSet<>();
    for (Measurement found : newest.values()) {
      String snapshot = found.getRun() + "/" + found.getStep();
      if (found.getOutcomeCase() != Measurement.OutcomeCase.FAILURE
          && found.getSnapshotSha256().equals(hashes.get(snapshot))) {
        measured.add(snapshot + "/" + found.getMeasure());
      }
    }
    return measured;
  }
}
