package dev.gengap.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.RunState;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class BrokerConnectionIT {
  private static final String ALTER = "set it with kafka-configs --alter";
  private static final Duration SHORT = Duration.ofSeconds(1);

  @Test
  void open_nobodyListens_saysAddressAndSeconds() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var config = new StreamsConfig("127.0.0.1:" + port, "x", SHORT, SHORT, Map.of());

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
      var config =
          new StreamsConfig("127.0.0.1:" + socket.getLocalPort(), "x", SHORT, SHORT, Map.of());

      assertThatThrownBy(() -> BrokerConnection.open(config)).isInstanceOf(UserError.class);
    }
  }

  @Test
  void open_addressWithoutPort_isRefused() {
    var config = new StreamsConfig("nowhere", "x", SHORT, SHORT, Map.of());

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
    assertThatCode(() -> connection.createTopics(3, TopicSettings.of(1)))
        .doesNotThrowAnyException();
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

      assertThatThrownBy(() -> other.createTopics(1, TopicSettings.of(1)))
          .isInstanceOf(UserError.class)
          .hasMessage(
              String.join(
                  "\n",
                  "topic " + lane + ": partitions: 2 (expected: 1)",
                  "topic " + lane + ": cleanup.policy: compact (expected: delete); " + ALTER,
                  "topic "
                      + lane
                      + ": max.message.bytes: 1000 (expected: at least "
                      + TopicKind.MAX_MESSAGE_BYTES
                      + "); "
                      + ALTER));
    }
  }

  @Test
  void createTopics_moreCopiesThanBrokers_isRefusedBeforeAnyIsCreated(BrokerConnection connection)
      throws Exception {
    var config = StreamsConfig.of(connection.config().bootstrap(), "too-many-copies");
    try (var other = BrokerConnection.open(config)) {
      assertThatThrownBy(() -> other.createTopics(1, TopicSettings.of(3)))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "--replication: copies of each record: 3 (expected: at most 1, the brokers that run);"
                  + " start more brokers, or ask for fewer copies");
      assertThat(other.admin().listTopics().names().get())
          .noneMatch(name -> name.startsWith(other.topics().prefix()));
    }
  }

  @Test
  void createTopics_existingOneThatNobodyCouldWrite_saysHowToMendIt(BrokerConnection connection)
      throws Exception {
    var config = StreamsConfig.of(connection.config().bootstrap(), "unwritable");
    try (var other = BrokerConnection.open(config)) {
      String runs = other.topics().name(TopicKind.RUNS);
      Map<String, String> settings = new HashMap<>(TopicKind.RUNS.settings());
      settings.put("min.insync.replicas", "2");
      var topic = new NewTopic(runs, 1, (short) 1).configs(settings);
      other.admin().createTopics(List.of(topic)).all().get();

      assertThatThrownBy(() -> other.createTopics(1, TopicSettings.of(1)))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "topic %s: min.insync.replicas: 2 (expected: 1 … 1); %s, or give another --min-insync"
                  .formatted(runs, ALTER));
      assertThat(other.admin().listTopics().names().get())
          .filteredOn(name -> name.startsWith(other.topics().prefix()))
          .containsExactly(runs);
    }
  }

  @Test
  void append_recordTheTopicRefuses_saysWhichSettingToRaise(BrokerConnection connection)
      throws Exception {
    String name = connection.topics().name(TopicKind.RUNS);
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    var small = new AlterConfigOp(new ConfigEntry("max.message.bytes", "1000"), OpType.SET);
    connection.admin().incrementalAlterConfigs(Map.of(topic, List.of(small))).all().get();
    var large =
        RunState.newBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setRun("large")
            .setReason("x".repeat(2000))
            .build();
    try (var log = RecordLog.open(connection, RecordTypes.RUN_STATES)) {
      assertThatThrownBy(
              () -> {
                log.append(large);
                log.flush();
              })
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("topic " + name + " at " + connection.config().bootstrap())
          .hasMessageContaining("record: refused: ")
          .hasMessageContaining("set max.message.bytes of the topic, or message.max.bytes");
    }
  }

  @Test
  void deleteTopics_ofAnExperiment_leavesTheOthers(BrokerConnection connection) {
    String bootstrap = connection.config().bootstrap();
    try (var other = BrokerConnection.open(StreamsConfig.of(bootstrap, "short-lived"))) {
      other.createTopics(1, TopicSettings.of(1));
      assertThat(BrokerConnection.experiments(StreamsConfig.of(bootstrap, "any")))
          .contains("short-lived", connection.config().experiment());

      assertThat(other.deleteTopics()).isEqualTo(other.topics().all(1).size());
      Await.until(
          () ->
              !BrokerConnection.experiments(StreamsConfig.of(bootstrap, "any"))
                  .contains("short-lived"));
      assertThat(BrokerConnection.experiments(StreamsConfig.of(bootstrap, "any")))
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
