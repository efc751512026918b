package dev.gengap.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class ExclusiveLogIT {

  @Test
  void publish_severalRecords_areThereTogether(BrokerConnection connection) {
    List<RunState> states = IntStream.range(0, 50).mapToObj(i -> state("run" + i)).toList();
    try (ExclusiveLog log = ExclusiveLog.open(connection)) {
      assertThat(log.publish(RecordTypes.RUN_STATES, states)).isEqualTo(49);
      assertThat(log.publish(RecordTypes.RUN_STATES, List.of())).isEqualTo(-1);

      assertThat(written(connection)).isEqualTo(states);
    }
  }

  @Test
  void publish_afterAnotherOpenedTheLog_isRefusedAndLeavesNothing(BrokerConnection connection) {
    try (ExclusiveLog first = ExclusiveLog.open(connection)) {
      first.publish(RecordTypes.RUN_STATES, List.of(state("a")));
      try (ExclusiveLog second = ExclusiveLog.open(connection)) {
        assertThatThrownBy(() -> first.publish(RecordTypes.RUN_STATES, List.of(state("b"))))
            .isInstanceOf(TakenOverException.class)
            .hasMessageContaining("writer: another process (expected: this one alone)");
        second.publish(RecordTypes.RUN_STATES, List.of(state("c")));
      }
    }

    assertThat(written(connection)).extracting(RunState::getRun).containsExactly("a", "c");
  }

  private static List<RunState> written(BrokerConnection connection) {
    try (RecordTail<RunState> tail = RecordTail.open(connection, RecordTypes.RUN_STATES)) {
      return tail.readToEnd();
    }
  }

  private static RunState state(String run) {
    return RunState.newBuilder()
        .setSchemaVersion(SchemaVersion.CURRENT)
        .setRun(run)
        .setPhase(Phase.WAITING)
        .build();
  }
}
