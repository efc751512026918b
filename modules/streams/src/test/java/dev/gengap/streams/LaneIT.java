package dev.gengap.streams;

import static dev.gengap.streams.Batches.OTHER_RUN;
import static dev.gengap.streams.Batches.RUN;
import static dev.gengap.streams.Batches.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.protocol.v1.LaneRecord;
import dev.gengap.protocol.v1.Minibatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class LaneIT {
  private static final int PIXELS = 393_216;
  private static final Duration WAIT = Duration.ofMillis(100);

  @Test
  void read_smallAndChunkedBatches_givesThemInOrder(BrokerConnection connection) {
    List<Minibatch> sent =
        List.of(batch(RUN, 1, 0, PIXELS), batch(RUN, 1, 1, 2_500_000), batch(RUN, 1, 2, 10));
    try (var writer = LaneWriter.open(connection, 0);
        var reader = LaneReader.open(connection, 0)) {
      sent.forEach(writer::send);
      reader.assign(RUN, 1, 0);

      assertThat(read(reader, 3)).isEqualTo(sent);
      assertThat(reader.nextSequence()).isEqualTo(3);
    }
  }

  @Test
  void read_otherRunsAndOlderIncarnations_areIgnored(BrokerConnection connection) {
    try (var writer = LaneWriter.open(connection, 0);
        var reader = LaneReader.open(connection, 0)) {
      writer.send(batch(OTHER_RUN, 9, 0, 10));
      writer.send(batch(RUN, 1, 0, 10));
      writer.send(batch(RUN, 2, 0, 20));
      reader.assign(RUN, 2, 0);

      assertThat(read(reader, 1)).containsExactly(batch(RUN, 2, 0, 20));
    }
  }

  @Test
  void read_repeatedBatch_isGivenOnce(BrokerConnection connection) {
    try (var reader = LaneReader.open(connection, 0)) {
      for (long sequence : new long[] {0, 1, 0, 1, 2}) {
        raw(connection, batch(RUN, 1, sequence, 10));
      }
      reader.assign(RUN, 1, 0);

      assertThat(read(reader, 3)).extracting(Minibatch::getSequence).containsExactly(0L, 1L, 2L);
    }
  }

  @Test
  void read_missingBatch_failsSayingWhere(BrokerConnection connection) {
    try (var reader = LaneReader.open(connection, 0)) {
      raw(connection, batch(RUN, 1, 0, 10));
      raw(connection, batch(RUN, 1, 2, 10));
      reader.assign(RUN, 1, 0);

      assertThatThrownBy(() -> read(reader, 2))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              "topic %s, partition 0, offset 1, run %s: sequence: 2"
                      .formatted(connection.topics().lane(0), RUN)
                  + " (expected: 1; the minibatches between are lost)");
    }
  }

  @Test
  void read_newerIncarnation_saysStale(BrokerConnection connection) {
    try (var reader = LaneReader.open(connection, 0)) {
      raw(connection, batch(RUN, 5, 40, 10));
      reader.assign(RUN, 4, 0);

      assertThatThrownBy(() -> read(reader, 1))
          .isInstanceOfSatisfying(
              StaleIncarnationException.class, e -> assertThat(e.newest()).isEqualTo(5))
          .hasMessage("run " + RUN + ": incarnation: 4 (expected: 5, the newest)");
    }
  }

  @Test
  void read_unknownSchemaVersion_isRefused(BrokerConnection connection) {
    try (var reader = LaneReader.open(connection, 0)) {
      byte[] record = LaneRecord.newBuilder().setSchemaVersion(7).build().toByteArray();
      RawProducer.send(connection, connection.topics().lane(0), RUN, record);
      reader.assign(RUN, 1, 0);

      assertThatThrownBy(() -> read(reader, 1))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("offset 0: schema version: 7 (expected: at most 1); upgrade");
    }
  }

  @Test
  void assign_secondRun_findsWhatItsFeederWroteBefore(BrokerConnection connection) {
    try (var writer = LaneWriter.open(connection, 0);
        var reader = LaneReader.open(connection, 0)) {
      writer.send(batch(RUN, 1, 0, 10));
      writer.send(batch(OTHER_RUN, 1, 0, 10));
      writer.flush();
      reader.assign(RUN, 1, 0);
      read(reader, 1);
      reader.assign(OTHER_RUN, 1, 0);

      assertThat(read(reader, 1)).containsExactly(batch(OTHER_RUN, 1, 0, 10));
    }
  }

  @Test
  void close_afterLittleWasConsumed_deletesThatAlone(BrokerConnection connection) {
    try (var writer = LaneWriter.open(connection, 0)) {
      for (int i = 0; i < 6; i++) {
        writer.send(batch(RUN, 1, i, 10));
      }
      writer.flush();
      writer.deleteConsumed(RUN, 1, 4);
    }

    Await.until(() -> first(connection) == 4);
    try (var reader = LaneReader.open(connection, 0)) {
      reader.assign(RUN, 1, 4);
      assertThat(read(reader, 2)).hasSize(2);
    }
  }

  /** The sequence number of the first minibatch in the lane. */
  private static long first(BrokerConnection connection) {
    try (var reader = LaneReader.open(connection, 0)) {
      reader.assign(RUN, 1, 0);
      return read(reader, 1).get(0).getSequence();
    } catch (StreamException missing) {
      return Long.parseLong(missing.getMessage().replaceAll(".*sequence: (\\d+) .*", "$1"));
    }
  }

  @Test
  void send_holeInTheSequence_isRefused(BrokerConnection connection) {
    try (var writer = LaneWriter.open(connection, 0)) {
      writer.send(batch(RUN, 1, 4, 10));

      assertThatThrownBy(() -> writer.send(batch(RUN, 1, 6, 10)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("sequence: " + RUN + "/1/6 (expected: 5)");
    }
  }

  @Test
  void deleteConsumed_whileStreaming_boundsTheDisk(BrokerConnection connection, Path logs) {
    long total = 400;
    long window = 16;
    try (var writer = LaneWriter.open(connection, 1);
        var reader = LaneReader.open(connection, 1)) {
      reader.assign(RUN, 1, 0);
      long sent = 0;
      while (reader.nextSequence() < total) {
        while (sent < Math.min(total, reader.nextSequence() + window)) {
          writer.send(batch(RUN, 1, sent++, PIXELS));
        }
        reader.poll(WAIT);
        writer.deleteConsumed(RUN, 1, reader.nextSequence());
      }
      Path lane = logs.resolve(connection.topics().lane(1) + "-0");
      long bound = (16 << 20) + window * PIXELS;
      Await.until(
          () -> {
            writer.deleteConsumed(RUN, 1, total);
            return LogFiles.bytes(lane) <= bound;
          });
      assertThat(LogFiles.bytes(lane)).isLessThan(total * PIXELS / 4);
    }
  }

  private static List<Minibatch> read(LaneReader reader, int count) {
    List<Minibatch> batches = new ArrayList<>();
    Await.until(() -> batches.addAll(reader.poll(WAIT)) && batches.size() >= count);
    return batches;
  }

  private static void raw(BrokerConnection connection, Minibatch batch) {
    byte[] record =
        LaneRecord.newBuilder().setSchemaVersion(1).setMinibatch(batch).build().toByteArray();
    RawProducer.send(connection, connection.topics().lane(0), RUN, record);
  }
}
