package dev.gengap.streams;

import static dev.gengap.streams.Batches.OTHER_RUN;
import static dev.gengap.streams.Batches.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.protocol.Chunks;
import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.Chunk;
import dev.gengap.protocol.v1.Placement;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.protocol.v1.RunState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class ResumeIT {
  /** Three chunks. */
  private static final int BYTES = 2 * Chunks.MAX_BYTES + 17;

  private static final StepOwner FIRST = owner(0L);

  @Test
  void newest_ofARunThatSavedNothing_isEmpty(BrokerConnection connection) {
    try (var index = ResumeIndex.open(connection)) {
      assertThat(index.newest(RUN, FIRST)).isEmpty();
      index.delete(RUN);
      index.sweep();
    }
  }

  @Test
  void publish_severalOfSeveralRuns_givesTheNewestOfEachWhole(BrokerConnection connection) {
    try (var index = ResumeIndex.open(connection);
        var reader = ResumeReader.open(connection);
        var one = writer(connection, RUN, 1, Optional.empty());
        var other = writer(connection, OTHER_RUN, 1, Optional.empty())) {
      one.publish(10, payload(1));
      ResumePoint before = one.publish(20, payload(2));
      other.publish(15, new byte[] {7});
      assertThat(index.newest(RUN, FIRST)).contains(before);
      ResumePoint newest = one.publish(30, payload(3));

      assertThat(index.newest(RUN, FIRST)).contains(newest);
      assertThat(newest.getSlot()).isZero();
      assertThat(newest.getChunks()).isEqualTo(3);
      assertThat(reader.fetch(newest)).isEqualTo(payload(3));
      assertThat(reader.fetch(before)).isEqualTo(payload(2));
      assertThat(index.newest(OTHER_RUN, FIRST).map(reader::fetch)).contains(new byte[] {7});
    }
  }

  @Test
  void newest_ofAWriterKilledBeforeItsManifest_isTheOneBefore(BrokerConnection connection) {
    ResumePoint complete;
    try (var writer = writer(connection, RUN, 1, Optional.empty())) {
      complete = writer.publish(10, payload(1));
    }
    sendChunks(connection, RUN, 1, Chunks.split(RUN + "/1/20", payload(2)).subList(0, 2));

    ResumePoint next;
    try (var index = ResumeIndex.open(connection);
        var reader = ResumeReader.open(connection);
        var writer = writer(connection, RUN, 2, Optional.of(complete))) {
      assertThat(index.newest(RUN, FIRST)).contains(complete);
      assertThat(reader.fetch(complete)).isEqualTo(payload(1));
      next = writer.publish(20, payload(2));
      assertThat(index.newest(RUN, owner(0L, 10L))).contains(next);
      assertThat(next.getSlot()).as("not the one it went on from").isEqualTo(1);
    }
  }

  @Test
  void newest_staleIncarnationWritesLater_isTheOwners(BrokerConnection connection) {
    try (var index = ResumeIndex.open(connection);
        var reader = ResumeReader.open(connection);
        var stale = writer(connection, RUN, 1, Optional.empty())) {
      ResumePoint from = stale.publish(10, payload(1));
      ResumePoint owned;
      try (var owner = writer(connection, RUN, 2, Optional.of(from))) {
        owned = owner.publish(20, payload(2));
      }
      ResumePoint late = stale.publish(30, payload(3));

      assertThat(late.getSlot()).as("both take the same").isEqualTo(owned.getSlot());
      assertThat(index.newest(RUN, owner(0L, 10L))).contains(owned);
      assertThat(reader.fetch(owned)).isEqualTo(payload(2));
      assertThat(index.newest(RUN, owner(0L, 10L, 0L))).as("of a new beginning").isEmpty();
    }
  }

  @Test
  void newest_damagedOrPartlyReplaced_fallsBackToTheOtherSlot(BrokerConnection connection) {
    try (var index = ResumeIndex.open(connection);
        var reader = ResumeReader.open(connection);
        var writer = writer(connection, RUN, 1, Optional.empty())) {
      ResumePoint older = writer.publish(10, payload(1));
      ResumePoint newer = writer.publish(20, payload(2));
      ResumePoint lost = newer.toBuilder().setStep(21).build();
      ResumePoint damaged = newer.toBuilder().setSlot(0).setSha256(older.getSha256()).build();
      announce(connection, lost);

      assertThat(index.newest(RUN, FIRST)).as("its slot was taken").contains(older);
      announce(connection, damaged);
      assertThat(index.newest(RUN, FIRST)).as("both are gone").isEmpty();
      assertThatThrownBy(() -> reader.fetch(damaged))
          .isInstanceOf(PayloadException.class)
          .hasMessageContaining("payload " + RUN + "/1/20: SHA-256");
      assertThatThrownBy(() -> reader.fetch(lost)).isInstanceOf(PayloadException.class);
    }
  }

  @Test
  void fetch_chunkInTheMiddleCompactedAway_isIncomplete(BrokerConnection connection) {
    List<Chunk> chunks = Chunks.split(RUN + "/1/10", payload(1));
    try (var reader = ResumeReader.open(connection);
        var writer = writer(connection, RUN, 1, Optional.empty())) {
      ResumePoint whole = writer.publish(20, payload(1));
      long hole = sendChunks(connection, RUN, 1, List.of(chunks.get(0), chunks.get(2)));
      ResumePoint holed =
          whole.toBuilder().setStep(10).setFirstOffset(hole).setLastOffset(hole + 1).build();

      assertThatThrownBy(() -> reader.fetch(holed))
          .isInstanceOf(PayloadException.class)
          .hasMessageContaining("index: 2 (expected: 1)");
    }
  }

  @Test
  void delete_ofARun_leavesNothingOfItAndAllOfOthers(BrokerConnection connection) {
    try (var index = ResumeIndex.open(connection);
        var reader = ResumeReader.open(connection);
        var one = writer(connection, RUN, 1, Optional.empty());
        var other = writer(connection, OTHER_RUN, 1, Optional.empty())) {
      one.publish(10, payload(1));
      one.publish(20, payload(2));
      ResumePoint kept = other.publish(15, payload(3));
      index.delete(RUN);
      index.sweep();
      index.delete(RUN);
      index.sweep();

      assertThat(index.newest(RUN, FIRST)).isEmpty();
      assertThat(index.newest(OTHER_RUN, FIRST)).contains(kept);
      try (var later = ResumeIndex.open(connection)) {
        assertThat(later.newest(RUN, FIRST)).isEmpty();
        assertThat(later.newest(OTHER_RUN, FIRST).map(reader::fetch)).contains(payload(3));
      }
      ResumePoint again = one.publish(30, payload(4));
      assertThat(index.newest(RUN, FIRST)).contains(again);
    }
  }

  @Test
  void publish_atStepZero_isRefused(BrokerConnection connection) {
    try (var writer = writer(connection, RUN, 1, Optional.empty())) {
      assertThatThrownBy(() -> writer.publish(0, payload(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("step: 0 (expected: > 0)");
    }
  }

  private static ResumeWriter writer(
      BrokerConnection connection, String run, int incarnation, Optional<ResumePoint> from) {
    return ResumeWriter.open(connection, run, incarnation, from);
  }

  private static void announce(BrokerConnection connection, ResumePoint point) {
    try (var log = RecordLog.open(connection, RecordTypes.RESUME_POINTS)) {
      log.append(point);
      log.flush();
    }
  }

  /** Writes chunks as a writer does; returns the offset of the first. */
  private static long sendChunks(
      BrokerConnection connection, String run, int slot, List<Chunk> chunks) {
    String topic = connection.topics().name(TopicKind.RESUME_CHUNKS);
    int partition = Math.floorMod(run.hashCode(), TopicKind.RESUME_CHUNKS.partitions());
    try (KafkaProducer<byte[], byte[]> producer =
        ClientSettings.producer(connection.config(), "raw")) {
      long first = -1;
      for (Chunk chunk : chunks) {
        byte[] key = (run + "/" + slot + "/" + chunk.getIndex()).getBytes(StandardCharsets.UTF_8);
        long offset =
            producer
                .send(new ProducerRecord<>(topic, partition, key, chunk.toByteArray()))
                .get()
                .offset();
        first = first < 0 ? offset : first;
      }
      return first;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Of incarnations 1, 2, … that began at these steps. */
  private static StepOwner owner(Long... firstSteps) {
    RunState.Builder state = RunState.newBuilder();
    for (int i = 0; i < firstSteps.length; i++) {
      state.addPlacements(
          Placement.newBuilder()
              .setIncarnation(i + 1)
              .setResumed(firstSteps[i] > 0)
              .setFirstStep(firstSteps[i]));
    }
    return StepOwner.of(state.build());
  }

  private static byte[] payload(int salt) {
    byte[] payload = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      payload[i] = (byte) (i * 13 + i / 241 + salt);
    }
    return payload;
  }
}
