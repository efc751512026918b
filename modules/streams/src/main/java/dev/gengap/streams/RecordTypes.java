package dev.gengap.streams;

import com.google.protobuf.Message;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.ExperimentHeader;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.ReferenceManifest;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The small records of an experiment. */
public final class RecordTypes {
  private static final String EXPERIMENT_KEY = "experiment";

  /** Where runs stand; key: run. */
  public static final RecordType<Progress> PROGRESS =
      new RecordType<>(
          TopicKind.PROGRESS,
          Progress.parser(),
          Progress::getSchemaVersion,
          Progress::getRun,
          key -> true);

  /** What was measured; key: run/step/measure/conventions, a later attempt replacing an earlier. */
  public static final RecordType<Measurement> MEASUREMENTS =
      new RecordType<>(
          TopicKind.MEASUREMENTS,
          Measurement.parser(),
          Measurement::getSchemaVersion,
          RecordTypes::measurementKey,
          key -> true);

  /**
   * Announcements of snapshots; key: run/step/incarnation, so that what a stale trainer announces
   * replaces nothing.
   */
  public static final RecordType<SnapshotManifest> SNAPSHOTS =
      new RecordType<>(
          TopicKind.SNAPSHOTS,
          SnapshotManifest.parser(),
          SnapshotManifest::getSchemaVersion,
          manifest ->
              manifest.getRun() + "/" + manifest.getStep() + "/" + manifest.getIncarnation(),
          key -> true);

  /** The newest state of each run; key: run. */
  public static final RecordType<RunState> RUN_STATES =
      new RecordType<>(
          TopicKind.RUNS,
          RunState.parser(),
          RunState::getSchemaVersion,
          RunState::getRun,
          key -> !key.equals(EXPERIMENT_KEY));

  /** What the experiment is; key: the word experiment, beside the runs. */
  public static final RecordType<ExperimentHeader> EXPERIMENT =
      new RecordType<>(
          TopicKind.RUNS,
          ExperimentHeader.parser(),
          ExperimentHeader::getSchemaVersion,
          header -> EXPERIMENT_KEY,
          EXPERIMENT_KEY::equals);

  /** Announcements of resume points; key: run/slot. A slot that was emptied has no chunks. */
  static final RecordType<ResumePoint> RESUME_POINTS =
      new RecordType<>(
          TopicKind.RESUME,
          ResumePoint.parser(),
          ResumePoint::getSchemaVersion,
          point -> ResumeReader.key(point.getRun(), point.getSlot()),
          key -> true,
          key -> Optional.of(ResumeReader.emptied(key)));

  /** Announcements of reference sets; key: content hash. */
  static final RecordType<ReferenceManifest> REFERENCES =
      new RecordType<>(
          TopicKind.REFERENCES,
          ReferenceManifest.parser(),
          ReferenceManifest::getSchemaVersion,
          ReferenceManifest::getContent,
          key -> true);

  /** What anyone sees of an experiment. */
  static final List<RecordType<? extends Message>> ALL =
      List.of(EXPERIMENT, RUN_STATES, PROGRESS, SNAPSHOTS, MEASUREMENTS);

  private RecordTypes() {}

  /**
   * The key of a measurement: run/step/measure/conventions, with the conventions sorted and written
   * {@code name=value,…}. Two measurements with one key measured the same thing.
   */
  public static String measurementKey(Measurement measurement) {
    String conventions =
        new TreeMap<>(measurement.getConventionsMap())
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    return measurement.getRun()
        + "/"
        + measurement.getStep()
        + "/"
        + measurement.getMeasure()
        + "/"
        + conventions;
  }
}
