package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gengap.core.ExitCode;
import dev.gengap.core.UserError;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.ExperimentHeader;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.RecordLog;
import dev.gengap.streams.RecordTypes;
import dev.gengap.streams.StreamsConfig;
import dev.gengap.streams.TopicSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of somebody else's: with TLS, logins, limits, topics and failures of its own. */
class ForeignBrokerIT {
  private static final String SECURED = "SECURED";
  private static final String EXPIRED = "EXPIRED";
  private static final String USERS = "listener.name.secured.plain.sasl.jaas.config";
  private static final String PASSWORD = "anns-own-password";
  private static final String WRONG = "not-anns-password";

  @TempDir private static Path kafkaFolder;
  @TempDir private Path folder;

  private static BrokerKeys keys;
  private static KafkaCluster kafka;

  @BeforeAll
  static void startKafka() {
    keys = BrokerKeys.in(kafkaFolder);
    kafka =
        KafkaCluster.of(1)
            .with("message.max.bytes", "1000000")
            .with("listener.name.secured.sasl.enabled.mechanisms", "PLAIN")
            .with(USERS, login("user_ann", PASSWORD, "user_bob", PASSWORD, "user_carl", PASSWORD))
            .withListener(SECURED, "SASL_SSL", keys.listener())
            .withListener(EXPIRED, "SSL", keys.expiredListener())
            .start(kafkaFolder);
  }

  @AfterAll
  static void stopKafka() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @Test
  void run_overTlsWithALoginAndRecordsAboveTheLimit_works() throws IOException {
    Gengap gengap = new Gengap(folder);
    String file =
        ExperimentText.TINY
            .with("name = tiny", "name = secured")
            .with("train = 200", "train = 1400")
            .with("batch-size = 20", "batch-size = 1400")
            .with("mlp-1x16", "mlp-1x512")
            .with("max-epochs = 4", "max-epochs = 2")
            .with("[margin, frobenius, spectral, distance]", "[frobenius]")
            .in(folder.resolve("secured.conf"));
    String config = clientConfig("ann", PASSWORD);

    Result ran = gengap.run(secured("run", file, config));
    Result watched = gengap.run(secured("watch", "--experiment=secured", config));

    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(watched.err()).isEmpty();
    assertThat(watched.code()).isZero();
    assertThat(watched.out()).contains("kind=random-labels");
    assertNothingSaysThePasswords();
  }

  @Test
  void run_thatTheBrokerDoesNotAcceptOrThatDoesNotTrustIt_isALineAndNoSecret() throws IOException {
    String config = clientConfig("ann", PASSWORD);
    String at = kafka.bootstrap(SECURED);

    assertRefused(
        at
            + ": login: Authentication failed: Invalid username or password (expected: one it"
            + " accepts); mend the sasl. properties of --kafka-config",
        secured("run", experiment(), clientConfig("ann", WRONG)));
    assertRefused(
        at + ": login: Authentication failed: Invalid username or password (expected: one it",
        secured("node", "--roles=trainer", clientConfig("ann", WRONG)));
    assertRefused(
        at + ": TLS certificate: unknown signer (expected: a trusted one)",
        secured("run", experiment(), config, "--kafka=ssl.truststore.location=" + keys.other()));
    assertRefused(
        kafka.bootstrap(EXPIRED) + ": TLS certificate: expired, NotAfter: ",
        "run",
        experiment(),
        "--bootstrap=" + kafka.bootstrap(EXPIRED),
        "--kafka-config=" + config,
        "--kafka=security.protocol=SSL");
    assertRefused(
        "--kafka: sasl.jaas.confg: unknown key (expected: a property of Kafka's clients); did you"
            + " mean sasl.jaas.config?",
        secured("run", experiment(), config, "--kafka=sasl.jaas.confg=" + PASSWORD));

    Result debugged =
        new Gengap(folder).run(secured("run", experiment(), clientConfig("ann", WRONG), "--debug"));
    assertThat(debugged.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertNothingSaysThePasswords();
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void run_ofTopicsThatCannotBe_isRefusedBeforeItTrains() throws Exception {
    String refused =
        ExperimentText.TINY.with("name = tiny", "name = refused").in(folder.resolve("r.conf"));
    kafka
        .admin()
        .createTopics(List.of(new NewTopic("gengap.refused.lane.0", 2, (short) 1)))
        .all()
        .get();

    assertRefused(
        "--replication: copies of each record: 2 (expected: at most 1, the brokers that run);"
            + " start more brokers, or ask for fewer copies",
        "run",
        experiment(),
        "--bootstrap=" + kafka.bootstrap(),
        "--replication=2");
    assertRefused(
        "topic gengap.refused.lane.0: partitions: 2 (expected: 1)",
        "run",
        refused,
        "--bootstrap=" + kafka.bootstrap());
    assertThat(kafka.admin().listTopics().names().get())
        .filteredOn(name -> name.startsWith("gengap.refused."))
        .containsExactly("gengap.refused.lane.0");
  }

  @Test
  void run_whileItsOnlyBrokerIsDown_waitsAndEndsAsOneUndisturbed() {
    Gengap gengap = new Gengap(folder);
    String file =
        ExperimentText.TINY
            .with("max-epochs = 4", "max-epochs = 400")
            .with("every = 2 epochs", "every = 200 epochs")
            .in(folder.resolve("tiny.conf"));
    RunFolderFiles disturbed = RunFolderFiles.below(folder.resolve("disturbed"));
    RunFolderFiles whole = RunFolderFiles.below(folder.resolve("whole"));
    assertThat(gengap.run("run", file, "--runs", "whole").code()).isZero();
    try (RunningCommand run =
        gengap.start("run", file, "--runs=disturbed", "--bootstrap=" + kafka.bootstrap())) {
      run.awaitUntil("it trains", () -> run.output().contains("kind=none: running"));
      kafka.kill(0);
      run.awaitUntil("it says that it waits", () -> run.log().contains(": no answer from "));
      kafka.start(0);

      Result ended = run.await();
      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isZero();
    }
    assertThat(disturbed.byRun("progress.csv")).isEqualTo(whole.byRun("progress.csv"));
    assertThat(disturbed.byRun("measurements.csv")).isEqualTo(whole.byRun("measurements.csv"));
    assertThat(disturbed.byRun("summary.json")).isEqualTo(whole.byRun("summary.json"));
  }

  @Test
  void run_whoseLoginIsWithdrawnMeanwhile_endsSayingSo() throws IOException {
    Gengap gengap = new Gengap(folder);
    String file =
        ExperimentText.TINY
            .with("name = tiny", "name = withdrawn")
            .with("max-epochs = 4", "max-epochs = 1000000")
            .in(folder.resolve("withdrawn.conf"));
    try (RunningCommand run = gengap.start(secured("run", file, clientConfig("bob", PASSWORD)))) {
      run.awaitUntil("it trains", () -> run.output().contains("kind=none: running"));
      kafka.kill(0);
      kafka.configure(0, USERS, login("user_ann", PASSWORD, "user_carl", PASSWORD));
      kafka.start(0);

      Result ended = run.await();
      assertThat(ended.errorLines())
          .singleElement()
          .asString()
          .contains(": login: Authentication failed: Invalid username or password");
      assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    }
  }

  @Test
  void recordLog_whoseLoginIsWithdrawnWithARecordUnderWay_doesNotTakeThatForAnOutage()
      throws IOException {
    Map<String, String> client =
        Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", login("username", "carl", "password", PASSWORD),
            "ssl.truststore.type", "PEM",
            "ssl.truststore.location", keys.trusted().toString());
    StreamsConfig config =
        new StreamsConfig(
            kafka.bootstrap(SECURED),
            "under-way",
            StreamsConfig.DEFAULT_TIMEOUT,
            Duration.ofHours(1),
            client);
    ExperimentHeader header =
        ExperimentHeader.newBuilder().setSchemaVersion(SchemaVersion.CURRENT).build();
    try (BrokerConnection connection = BrokerConnection.open(config)) {
      connection.createTopics(0, TopicSettings.of(1));
      RecordLog<ExperimentHeader> log = RecordLog.open(connection, RecordTypes.EXPERIMENT);
      log.append(header);
      kafka.freeze(0);
      log.append(header);
      kafka.kill(0);
      kafka.configure(0, USERS, login("user_ann", PASSWORD, "user_bob", PASSWORD));
      kafka.start(0);

      Throwable thrown = catchThrowable(log::flush);
      assertThat(thrown)
          .as("%s", thrown)
          .isInstanceOf(UserError.class)
          .hasMessageContaining(": login: Authentication failed: Invalid username or password");
      log.close();
    }
  }

  private void assertRefused(String problem, String... command) {
    Result result = new Gengap(folder).run(command);
    assertThat(result.errorLines()).singleElement().asString().startsWith("gengap: " + problem);
    assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT.code());
  }

  /** Neither output nor log, wherever it is in the folder. */
  private void assertNothingSaysThePasswords() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> said =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".properties"))
              .toList();
      for (Path file : said) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(PASSWORD)
            .doesNotContain(WRONG);
      }
    }
  }

  private String experiment() {
    return ExperimentText.TINY.in(folder.resolve("tiny.conf"));
  }

  private String clientConfig(String user, String password) throws IOException {
    Path file = folder.resolve(user + "-" + password.hashCode() + ".properties");
    Files.writeString(
        file,
        """
        security.protocol = SASL_SSL
        sasl.mechanism = PLAIN
        sasl.jaas.config = %s
        ssl.truststore.type = PEM
        ssl.truststore.location = %s
        """
            .formatted(login("username", user, "password", password), keys.trusted()));
    return file.toString();
  }

  private static String login(String... options) {
    StringBuilder text =
        new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
    for (int i = 0; i < options.length; i += 2) {
      text.append(" %s=\"%s\"".formatted(options[i], options[i + 1]));
    }
    return text.append(";").toString();
  }

  private static String[] secured(
      String command, String argument, String config, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                command,
                argument,
                "--bootstrap=" + kafka.bootstrap(SECURED),
                "--kafka-config=" + config));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }
}
