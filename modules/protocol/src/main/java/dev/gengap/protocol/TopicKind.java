package dev.gengap.protocol;

import java.util.Map;
import java.util.TreeMap;

/**
 * The topics of an experiment, and the one that lists experiments: one table of names, keys,
 * values, partitions, retention and sizes. Everything that creates, checks or documents a topic
 * reads it here.
 */
public enum TopicKind {
  /** Minibatches on their way to one slot; consumed records are deleted, the limit is a guard. */
  LANE("lane", "run", "LaneRecord", 1, Cleanup.DELETE, 1L << 30, 16 << 20),
  /** Announcements of snapshots. */
  SNAPSHOTS(
      "snapshots", "run/step/incarnation", "SnapshotManifest", 1, Cleanup.COMPACT, -1, 16 << 20),
  /** The bytes of snapshots; the oldest go when a partition is full. */
  SNAPSHOT_CHUNKS("snapshot-chunks", "run", "Chunk", 4, Cleanup.DELETE, 4L << 30, 64 << 20),
  /** Announcements of resume points; each run has two slots. */
  RESUME("resume", "run/slot", "ResumePoint", 1, Cleanup.COMPACT, -1, 4 << 20),
  /** The bytes of resume points; those of a slot replace what it held before. */
  RESUME_CHUNKS("resume-chunks", "run/slot/index", "Chunk", 4, Cleanup.COMPACT, -1, 16 << 20) {
    @Override
    Map<String, String> cleaning() {
      // Replaced chunks are most of what is written: the cleaner may reach all but the segment in
      // hand, which is closed within a minute, and begins once a tenth is new.
      return Map.of(
          "segment.ms", "60000",
          "min.cleanable.dirty.ratio", "0.1",
          "delete.retention.ms", "600000");
    }
  },
  /** Announcements of reference sets, with their labels. */
  REFERENCES("references", "content hash", "ReferenceManifest", 1, Cleanup.COMPACT, -1, 16 << 20),
  /** The images of reference sets. */
  REFERENCE_CHUNKS(
      "reference-chunks", "images hash", "Chunk", 1, Cleanup.DELETE, 16L << 30, 64 << 20),
  /** Where runs stand. */
  PROGRESS("progress", "run", "Progress", 1, Cleanup.DELETE, 1L << 30, 16 << 20),
  /** What was measured; a later attempt replaces an earlier one. */
  MEASUREMENTS(
      "measurements",
      "run/step/measure/conventions",
      "Measurement",
      1,
      Cleanup.COMPACT,
      -1,
      16 << 20),
  /** The experiment (key: experiment) and the newest state of each run. */
  RUNS("runs", "run", "RunState", 1, Cleanup.COMPACT, -1, 16 << 20),
  /** The experiments submitted to a cluster: one topic for them all. */
  EXPERIMENTS("experiments", "experiment", "Submission", 1, Cleanup.COMPACT, -1, 16 << 20),
  /** Where the nodes of the cluster listen: one topic for them all. */
  NODES("nodes", "address", "NodeAddress", 1, Cleanup.COMPACT, -1, 16 << 20);

  /** How a topic forgets. */
  public enum Cleanup {
    /** The oldest segments go when the topic is too large. */
    DELETE,
    /** The newest record of each key stays for ever. */
    COMPACT
  }

  /** Largest record batch of any topic [bytes]: a broker that limits them to 1 MB accepts it. */
  public static final int MAX_MESSAGE_BYTES = 1_000_000;

  private final String suffix;
  private final String key;
  private final String value;
  private final int partitions;
  private final Cleanup cleanup;
  private final long retentionBytes;
  private final int segmentBytes;

  TopicKind(
      String suffix,
      String key,
      String value,
      int partitions,
      Cleanup cleanup,
      long retentionBytes,
      int segmentBytes) {
    this.suffix = suffix;
    this.key = key;
    this.value = value;
    this.partitions = partitions;
    this.cleanup = cleanup;
    this.retentionBytes = retentionBytes;
    this.segmentBytes = segmentBytes;
  }

  /** The last part of the name. */
  public String suffix() {
    return suffix;
  }

  /** What a record's key is, in words; keys are UTF-8. */
  public String key() {
    return key;
  }

  /** The message a record's value is. */
  public String value() {
    return value;
  }

  /** Number of partitions. */
  public int partitions() {
    return partitions;
  }

  /** How the topic forgets. */
  public Cleanup cleanup() {
    return cleanup;
  }

  /** Size of a partition above which its oldest segments go [bytes]; −1 for no limit. */
  public long retentionBytes() {
    return retentionBytes;
  }

  /** Size at which a new segment begins [bytes]; disk is freed a whole segment at a time. */
  public int segmentBytes() {
    return segmentBytes;
  }

  /** Settings of the cleaner, where the broker's own would keep too much. */
  Map<String, String> cleaning() {
    return Map.of();
  }

  /** The settings as Kafka names them; no topic has a time limit. */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("cleanup.policy", cleanup == Cleanup.COMPACT ? "compact" : "delete");
    settings.put("retention.ms", "-1");
    settings.put("retention.bytes", Long.toString(retentionBytes));
    settings.put("segment.bytes", Integer.toString(segmentBytes));
    settings.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    settings.put("compression.type", "producer");
    settings.putAll(cleaning());
    return Map.copyOf(settings);
  }
}
