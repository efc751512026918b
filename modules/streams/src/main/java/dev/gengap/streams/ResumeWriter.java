package dev.gengap.streams;

import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.ResumePoint;
import java.util.Optional;

/**
 * Publishes the resume points of one assignment of a run: the chunks, then the manifest that makes
 * them count. A run has two slots, taken in turn, so that the older point stays until the broker
 * has the manifest of the newer; the one the assignment went on from is replaced last.
 *
 * <p>Confined to one thread. Ownership: the caller closes it.
 */
public final class ResumeWriter implements AutoCloseable {
  static final int SLOTS = 2;

  private final String run;
  private final int incarnation;
  private final ChunkPublisher chunks;
  private final RecordLog<ResumePoint> manifests;
  private int slot;

  private ResumeWriter(
      BrokerConnection connection, String run, int incarnation, Optional<ResumePoint> from) {
    this.run = run;
    this.incarnation = incarnation;
    this.slot = from.map(point -> (point.getSlot() + 1) % SLOTS).orElse(0);
    this.chunks =
        new ChunkPublisher(
            connection, connection.topics().name(TopicKind.RESUME_CHUNKS), "resume-writer");
    this.manifests = RecordLog.open(connection, RecordTypes.RESUME_POINTS);
  }

  /**
   * Opens the experiment's resume topics for one assignment.
   *
   * @param run its run: 12 hexadecimal digits
   * @param from the point it goes on from
   */
  public static ResumeWriter open(
      BrokerConnection connection, String run, int incarnation, Optional<ResumePoint> from) {
    return new ResumeWriter(connection, run, incarnation, from);
  }

  /**
   * Publishes a resume point; returns once the broker has all of it.
   *
   * @param step optimiser steps done, &gt; 0
   * @return the manifest as announced
   * @throws StreamException if it could not be delivered: the points before it still count
   */
  public ResumePoint publish(long step, byte[] safetensors) {
    if (step < 1) {
      throw new IllegalArgumentException("step: " + step + " (expected: > 0)");
    }
    ResumePoint.Builder point =
        ResumePoint.newBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setRun(run)
            .setIncarnation(incarnation)
            .setStep(step)
            .setSlot(slot);
    ChunkLocation location =
        chunks.publish(
            chunks.partition(run),
            ResumeReader.key(run, slot),
            ResumeReader.payload(point),
            safetensors);
    ResumePoint manifest =
        point
            .setChunks(location.chunks())
            .setPartition(location.partition())
            .setFirstOffset(location.firstOffset())
            .setLastOffset(location.lastOffset())
            .setBytes(location.bytes())
            .setSha256(location.sha256())
            .build();
    manifests.append(manifest);
    manifests.flush();
    slot = (slot + 1) % SLOTS;
    return manifest;
  }

  @Override
  public void close() {
    try (manifests) {
      chunks.close();
    }
  }
}
