package dev.gengap.cli.experiment;

import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.StreamsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say which Kafka to use. Mixed into commands. */
final class BrokerOptions {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Brokers to use, comma-separated (default: one inside this process).")
  private String bootstrap;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "How long a broker may take to answer (default: 15).")
  private int timeoutSeconds;

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description = "A property for every Kafka client, such as security.protocol=SSL.")
  private Map<String, String> properties = Map.of();

  /** Whether brokers were named, rather than one inside this process wanted. */
  boolean external() {
    return bootstrap != null;
  }

  /** How to reach the named brokers, for {@code experiment}. */
  StreamsConfig named(String experiment) {
    return config(bootstrap, experiment);
  }

  /** Names of the experiments the named brokers hold. */
  List<String> experiments() {
    return BrokerConnection.experiments(bootstrap, Duration.ofSeconds(timeoutSeconds), properties);
  }

  /** How to reach brokers elsewhere, for {@code experiment}. */
  StreamsConfig config(String address, String experiment) {
    return new StreamsConfig(address, experiment, Duration.ofSeconds(timeoutSeconds), properties);
  }
}
