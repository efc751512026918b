package dev.gengap.streams;

import dev.gengap.protocol.Topics;
import java.time.Duration;
import java.util.Map;

/**
 * Which broker and which experiment.
 *
 * @param bootstrap host:port of one broker or more, separated by commas
 * @param experiment name of the experiment, which begins the names of its topics
 * @param timeout how long connecting may take before giving up
 * @param outage how long a broker that was found may then fail to answer: restarts and changes of
 *     leader shorter than this cost time only
 * @param clientProperties further settings of Kafka's clients, such as {@code security.protocol},
 *     that {@link KafkaProperties#check} accepts; may hold secrets
 */
public record StreamsConfig(
    String bootstrap,
    String experiment,
    Duration timeout,
    Duration outage,
    Map<String, String> clientProperties) {

  /** How long connecting may take unless told otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

  /** How long an outage may last unless told otherwise. */
  public static final Duration DEFAULT_OUTAGE = Duration.ofMinutes(5);

  /**
   * @throws dev.gengap.core.UserError if the experiment's name cannot be part of a topic's name
   */
  public StreamsConfig {
    new Topics(experiment);
    requirePositive("timeout", timeout);
    requirePositive("outage", outage);
    clientProperties = Map.copyOf(clientProperties);
  }

  /** A broker that needs no further settings. */
  public static StreamsConfig of(String bootstrap, String experiment) {
    return new StreamsConfig(bootstrap, experiment, DEFAULT_TIMEOUT, DEFAULT_OUTAGE, Map.of());
  }

  /** Names of the experiment's topics. */
  public Topics topics() {
    return new Topics(experiment);
  }

  /** Without the values of the client properties, which may be secret. */
  @Override
  public String toString() {
    return "StreamsConfig[bootstrap=%s, experiment=%s, timeout=%s, outage=%s, clientProperties=%s]"
        .formatted(bootstrap, experiment, timeout, outage, clientProperties.keySet());
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + ": " + duration + " (expected: > 0)");
    }
  }
}
