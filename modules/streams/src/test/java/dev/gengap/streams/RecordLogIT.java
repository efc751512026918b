package dev.gengap.streams;

import static dev.gengap.streams.Batches.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.ExperimentHeader;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class RecordLogIT {
  @Test
  void poll_whatWasThereAndWhatComes_givesAllInOrder(BrokerConnection connection) {
    try (var log = RecordLog.open(connection, RecordTypes.PROGRESS)) {
      append(log, 0, 3000);
      try (var tail = RecordTail.open(connection, RecordTypes.PROGRESS)) {
        assertThat(tail.caughtUp()).isFalse();
        List<Progress> read = new ArrayList<>();
        Await.until(() -> read.addAll(tail.poll(Duration.ofMillis(100))) && tail.caughtUp());
        assertThat(read).hasSize(3000);

        append(log, 3000, 2);
        Await.until(() -> read.addAll(tail.poll(Duration.ofMillis(100))) && read.size() == 3002);
        assertThat(read).extracting(Progress::getStep).isSorted().doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void tails_ofRunsAndOfTheExperiment_shareATopic(BrokerConnection connection) {
    var header = ExperimentHeader.newBuilder().setSchemaVersion(1).setName("x").build();
    var state =
        RunState.newBuilder()
            .setSchemaVersion(1)
            .setRun(RUN)
            .setPhase(RunState.Phase.RUNNING)
            .build();
    try (var headers = RecordLog.open(connection, RecordTypes.EXPERIMENT);
        var states = RecordLog.open(connection, RecordTypes.RUN_STATES)) {
      headers.append(header);
      states.append(state);
      headers.flush();
      states.flush();
    }
    try (var headers = RecordTail.open(connection, RecordTypes.EXPERIMENT);
        var states = RecordTail.open(connection, RecordTypes.RUN_STATES)) {
      assertThat(headers.readToEnd()).containsExactly(header);
      assertThat(states.readToEnd()).containsExactly(state);
      assertThat(headers.caughtUp()).isTrue();
    }
  }

  @Test
  void readPast_whatTheBrokerDoesNotTellOfYet_waitsForIt(BrokerConnection connection) {
    try (var log = RecordLog.open(connection, RecordTypes.PROGRESS);
        var tail = RecordTail.open(connection, RecordTypes.PROGRESS)) {
      append(log, 0, 2);
      var read = CompletableFuture.supplyAsync(() -> tail.readPast(2));
      assertThat(read)
          .failsWithin(Duration.ofSeconds(1))
          .withThrowableOfType(TimeoutException.class);
      append(log, 2, 1);

      assertThat(read)
          .succeedsWithin(Duration.ofSeconds(30))
          .satisfies(
              all -> assertThat(all).extracting(Progress::getStep).containsExactly(0L, 1L, 2L));
    }
  }

  @Test
  void tail_ofAnEmptyTopic_isCaughtUp(BrokerConnection connection) {
    try (var tail = RecordTail.open(connection, RecordTypes.MEASUREMENTS)) {
      assertThat(tail.caughtUp()).isTrue();
      assertThat(tail.readToEnd()).isEmpty();
    }
  }

  @Test
  void tail_unknownSchemaVersion_isRefusedSayingWhere(BrokerConnection connection) {
    String topic = connection.topics().name(TopicKind.PROGRESS);
    byte[] record = Progress.newBuilder().setSchemaVersion(7).setRun(RUN).build().toByteArray();
    RawProducer.send(connection, topic, RUN, record);
    try (var tail = RecordTail.open(connection, RecordTypes.PROGRESS)) {
      assertThatThrownBy(tail::readToEnd)
          .isInstanceOf(UserError.class)
          .hasMessage(
              "topic "
                  + topic
                  + ", partition 0, offset 0: schema version: 7 (expected: at most 1);"
                  + " upgrade gengap to the version that wrote it");
    }
  }

  @Test
  void tail_damagedRecord_isRefusedSayingWhere(BrokerConnection connection) {
    String topic = connection.topics().name(TopicKind.PROGRESS);
    RawProducer.send(connection, topic, RUN, new byte[] {(byte) 0xff});
    try (var tail = RecordTail.open(connection, RecordTypes.PROGRESS)) {
      assertThatThrownBy(tail::readToEnd)
          .isInstanceOf(StreamException.class)
          .hasMessageStartingWith("topic " + topic + ", partition 0, offset 0: ");
    }
  }

  @Test
  void append_withoutSchemaVersion_isRefused(BrokerConnection connection) {
    try (var log = RecordLog.open(connection, RecordTypes.PROGRESS)) {
      assertThatThrownBy(() -> log.append(Progress.getDefaultInstance()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("schema version: 0 (expected: 1)");
    }
  }

  @Test
  void measurementKey_conventionsInAnyOrder_isTheSame() {
    var measurement = Measurement.newBuilder().setRun(RUN).setStep(9).setMeasure("margin");
    String key = RUN + "/9/margin/alpha=1,percentile=5";

    assertThat(
            RecordTypes.measurementKey(
                measurement
                    .clone()
                    .putConventions("percentile", "5")
                    .putConventions("alpha", "1")
                    .build()))
        .isEqualTo(key);
    assertThat(
            RecordTypes.measurementKey(
                measurement
                    .clone()
                    .putConventions("alpha", "1")
                    .putConventions("percentile", "5")
                    .build()))
        .isEqualTo(key);
  }

  private static void append(RecordLog<Progress> log, long first, int count) {
    for (long step = first; step < first + count; step++) {
      log.append(Progress.newBuilder().setSchemaVersion(1).setRun(RUN).setStep(step).build());
    }
    log.flush();
  }
}
