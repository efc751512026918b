package dev.gengap.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.protocol.TopicKind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class BrokerConnectionIT {
  private static final Duration SHORT = Duration.ofSeconds(1);

  @Test
  void open_nobodyListens_saysAddressAndSeconds() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var config = new StreamsConfig("127.0.0.1:" + port, "x", SHORT, Map.of());

    assertThatThrownBy(() -> BrokerConnection.open(config))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--bootstrap: broker: 127.0.0.1:%d (expected: a Kafka broker that answers within 1 s);"
                    .formatted(port)
                + " start it or mend the address; without --bootstrap gengap runs its own");
  }

  @Test
  void open_listenerThatIsNoBroker_isRefusedInTime() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var config = new StreamsConfig("127.0.0.1:" + socket.getLocalPort(), "x", SHORT, Map.of());

      assertThatThrownBy(() -> BrokerConnection.open(config)).isInstanceOf(UserError.class);
    }
  }

  @Test
  void open_addressWithoutPort_isRefused() {
    var config = new StreamsConfig("nowhere", "x", SHORT, Map.of());

    assertThatThrownBy(() -> BrokerConnection.open(config))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("broker: nowhere (expected: a Kafka broker");
  }

  @Test
  void createTopics_everyTopic_hasTheSettingsOfTheTable(BrokerConnection connection)
      throws Exception {
    for (var topic : connection.topics().all(2)) {
      var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
      var config = connection.admin().describeConfigs(List.of(resource)).all().get().get(resource);

      topic
          .kind()
          .settings()
          .forEach((key, value) -> assertThat(config.get(key).value()).as(key).isEqualTo(value));
    }
  }

  @Test
  void createTopics_again_addsLanesAndKeepsTheRest(BrokerConnection connection) throws Exception {
    assertThatCode(() -> connection.createTopics(3, 1)).doesNotThrowAnyException();
    assertThat(connection.admin().listTopics().names().get()).contains(connection.topics().lane(2));
  }

  @Test
  void createTopics_existingOneCannotServe_namesWhatIsWrong(BrokerConnection connection)
      throws Exception {
    var config = StreamsConfig.of(connection.config().bootstrap(), "cannot-serve");
    try (var other = BrokerConnection.open(config)) {
      String lane = other.topics().lane(0);
      other
          .admin()
          .createTopics(
              List.of(
                  new NewTopic(lane, 2, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact", "max.message.bytes", "1000"))))
          .all()
          .get();

      assertThatThrownBy(() -> other.createTopics(1, 1))
          .isInstanceOf(UserError.class)
          .hasMessage(
              String.join(
                  "\n",
                  "topic " + lane + ": partitions: 2 (expected: 1)",
                  "topic " + lane + ": cleanup.policy: compact (expected: delete)",
                  "topic "
                      + lane
                      + ": max.message.bytes: 1000 (expected: at least "
                      + TopicKind.MAX_MESSAGE_BYTES
                      + ")"));
    }
  }

  @Test
  void createTopics_moreCopiesThanBrokers_isRefused(BrokerConnection connection) {
    var config = StreamsConfig.of(connection.config().bootstrap(), "too-many-copies");
    try (var other = BrokerConnection.open(config)) {
      assertThatThrownBy(() -> other.createTopics(1, 3))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("replication factor");
    }
  }

  @Test
  void deleteTopics_ofAnExperiment_leavesTheOthers(BrokerConnection connection) {
    String bootstrap = connection.config().bootstrap();
    try (var other = BrokerConnection.open(StreamsConfig.of(bootstrap, "short-lived"))) {
      other.createTopics(1, 1);
      assertThat(BrokerConnection.experiments(bootstrap, SHORT.multipliedBy(10), Map.of()))
          .contains("short-lived", connection.config().experiment());

      assertThat(other.deleteTopics()).isEqualTo(8);
      Await.until(
          () ->
              !BrokerConnection.experiments(bootstrap, SHORT.multipliedBy(10), Map.of())
                  .contains("short-lived"));
      assertThat(BrokerConnection.experiments(bootstrap, SHORT.multipliedBy(10), Map.of()))
          .contains(connection.config().experiment());
    }
  }

  @Test
  void tail_unknownExperiment_isRefused(BrokerConnection connection) {
    var config = StreamsConfig.of(connection.config().bootstrap(), "never-started");
    try (var other = BrokerConnection.open(config)) {
      assertThatThrownBy(() -> RecordTail.open(other, RecordTypes.PROGRESS))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("experiment: never-started (expected: one the broker holds)");
    }
  }
}
