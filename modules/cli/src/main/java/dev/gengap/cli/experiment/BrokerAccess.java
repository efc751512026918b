package dev.gengap.cli.experiment;

import dev.gengap.broker.EmbeddedBroker;
import dev.gengap.cli.console.Console;
import dev.gengap.core.ExitCode;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.StreamsConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A connection to Kafka, with the broker under it where that is this process's own. Caller closes.
 */
final class BrokerAccess implements AutoCloseable {
  private final Optional<EmbeddedBroker> own;
  private final BrokerConnection connection;

  private BrokerAccess(Optional<EmbeddedBroker> own, BrokerConnection connection) {
    this.own = own;
    this.connection = connection;
  }

  /** Connects to brokers elsewhere. */
  static BrokerAccess to(StreamsConfig config) {
    return new BrokerAccess(Optional.empty(), BrokerConnection.open(config));
  }

  /** Starts a broker over {@code folder}, and connects to it. */
  static BrokerAccess embedded(
      Path folder, BrokerOptions options, String experiment, Console console) {
    EmbeddedBroker broker = EmbeddedBroker.start(folder, problem -> diskFailed(problem, console));
    try {
      StreamsConfig config = options.own(broker.bootstrap(), experiment);
      return new BrokerAccess(Optional.of(broker), BrokerConnection.open(config));
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  BrokerConnection connection() {
    return connection;
  }

  /** Nothing that needs the broker can end cleanly any more. */
  static void diskFailed(String problem, Console console) {
    console.err().println("gengap: " + problem);
    Runtime.getRuntime().halt(ExitCode.BAD_INPUT.code());
  }

  @Override
  public void close() {
    connection.close();
    own.ifPresent(EmbeddedBroker::close);
  }
}
