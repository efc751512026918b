package dev.gengap.streams;

import dev.gengap.protocol.Topics;
import java.time.Duration;
import java.util.Map;

/**
 * Which broker and which experiment.
 *
 * @param bootstrap host:port of one broker or more, separated by commas
 * @param experiment name of the experiment, which begins the names of its topics
 * @param timeout how long to wait for the broker before giving up
 * @param clientProperties further settings of Kafka's clients, such as {@code security.protocol};
 *     they cannot change what delivery depends on
 */
public record StreamsConfig(
    String bootstrap, String experiment, Duration timeout, Map<String, String> clientProperties) {

  /** How long to wait for a broker unless told otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

  /**
   * @throws dev.gengap.core.UserError if the experiment's name cannot be part of a topic's name
   */
  public StreamsConfig {
    new Topics(experiment);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
    }
    clientProperties = Map.copyOf(clientProperties);
  }

  /** A broker that needs no further settings. */
  public static StreamsConfig of(String bootstrap, String experiment) {
    return new StreamsConfig(bootstrap, experiment, DEFAULT_TIMEOUT, Map.of());
  }

  /** Names of the experiment's topics. */
  public Topics topics() {
    return new Topics(experiment);
  }
}
