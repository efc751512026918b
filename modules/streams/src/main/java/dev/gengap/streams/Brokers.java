package dev.gengap.streams;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Which brokers, whatever experiment. Immutable.
 *
 * @param bootstrap host:port of one broker or more, separated by commas
 * @param timeout how long to wait for the broker before giving up, &gt; 0
 * @param outage how long they may be out of reach once they have answered, &gt; 0
 * @param clientProperties further settings of Kafka's clients, such as {@code security.protocol};
 *     may hold secrets
 */
public record Brokers(
    String bootstrap, Duration timeout, Duration outage, Map<String, String> clientProperties) {
  /** Names a connection that reads nothing of any experiment's own topics. */
  private static final String ANY = "any";

  public Brokers {
    clientProperties = Map.copyOf(clientProperties);
  }

  /** Brokers that need no further settings. */
  public static Brokers of(String bootstrap) {
    return new Brokers(
        bootstrap, StreamsConfig.DEFAULT_TIMEOUT, StreamsConfig.DEFAULT_OUTAGE, Map.of());
  }

  /** These brokers and an experiment there. */
  public StreamsConfig experiment(String name) {
    return new StreamsConfig(bootstrap, name, timeout, outage, clientProperties);
  }

  /**
   * Names of the experiments that have topics, sorted.
   *
   * @throws dev.gengap.core.UserError if the brokers do not answer within {@link #timeout}
   */
  public List<String> experiments() {
    return BrokerConnection.experiments(experiment(ANY));
  }

  /** Without the values of the client properties, which may be secret. */
  @Override
  public String toString() {
    return "Brokers[bootstrap=%s, timeout=%s, clientProperties=%s]"
        .formatted(bootstrap, timeout, clientProperties.keySet());
  }

  /** What concerns all experiments alike. Caller closes. */
  BrokerConnection connect() {
    return BrokerConnection.open(experiment(ANY));
  }
}
