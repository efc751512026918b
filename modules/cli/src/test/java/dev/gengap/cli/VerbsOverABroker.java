package dev.gengap.cli;

import dev.gengap.broker.EmbeddedBroker;
import dev.gengap.cli.console.Console;
import dev.gengap.monitor.Terminal;
import dev.gengap.protocol.v1.ExperimentHeader;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.Brokers;
import dev.gengap.streams.RecordLog;
import dev.gengap.streams.RecordTypes;
import dev.gengap.streams.Submissions;
import dev.gengap.streams.TopicSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real broker, the commands run against it, and what a coordinator would write. */
final class VerbsOverABroker implements AutoCloseable {
  private final EmbeddedBroker broker;

  /** How a command ended. */
  record Ended(int code, String out, String err) {}

  /**
   * @param data folder of the broker's data
   */
  VerbsOverABroker(Path data) {
    this.broker =
        EmbeddedBroker.start(
            data,
            problem -> {
              throw new AssertionError(problem);
            });
  }

  String bootstrap() {
    return broker.bootstrap();
  }

  /** Submits two runs that {@code seed} tells from those of another file in {@code folder}. */
  Ended submit(Path folder, String name, int seed, String... options) throws IOException {
    Path file = folder.resolve(name + ".conf");
    Files.writeString(
        file,
        "name = %s\nseed = %d\nnetwork = mlp-1x8\ngrid { condition.kind = [none, random-labels] }\n"
            .formatted(name, seed));
    return verb(
        Stream.concat(Stream.of("submit", file.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  /** What a coordinator would say of two runs. */
  void runs(String name, Phase first, Phase second) {
    try (BrokerConnection connection = BrokerConnection.open(brokers().experiment(name))) {
      connection.createTopics(1, TopicSettings.of(1));
      ExperimentHeader header =
          ExperimentHeader.newBuilder()
              .setSchemaVersion(1)
              .setName(name)
              .addAllRuns(List.of("aaaaaaaaaaaa", "bbbbbbbbbbbb"))
              .build();
      try (var headers = RecordLog.open(connection, RecordTypes.EXPERIMENT);
          var states = RecordLog.open(connection, RecordTypes.RUN_STATES)) {
        headers.append(header);
        states.append(state("aaaaaaaaaaaa", first));
        states.append(state("bbbbbbbbbbbb", second));
      }
    }
  }

  private static RunState state(String run, Phase phase) {
    return RunState.newBuilder().setSchemaVersion(1).setRun(run).setPhase(phase).build();
  }

  /** What is submitted under {@code name} now. */
  Submission newest(String name) {
    try (Submissions submissions = open()) {
      return submissions.find(name).orElseThrow();
    }
  }

  /** The submissions. Caller closes. */
  Submissions open() {
    return Submissions.open(brokers(), TopicSettings.of(1));
  }

  private Brokers brokers() {
    return Brokers.of(broker.bootstrap());
  }

  /** Runs a command with the broker named. */
  Ended verb(String... args) {
    return execute(
        Stream.concat(Stream.of(args), Stream.of("--bootstrap", bootstrap()))
            .toArray(String[]::new));
  }

  /** Runs a command. */
  static Ended execute(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(stream(out), stream(err), new Terminal(false));
    int code = CommandLines.execute(CommandLines.create(console), console, args);
    console.flush();
    return new Ended(code, text(out), text(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Override
  public void close() {
    broker.close();
  }
}
