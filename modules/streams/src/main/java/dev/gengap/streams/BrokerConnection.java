package dev.gengap.streams;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/**
 * A broker that was found to answer, and the experiment to use there. Everything else in this
 * package is opened from one.
 *
 * <p>Safe for any thread. Ownership: the caller closes it, after everything opened from it.
 */
public final class BrokerConnection implements AutoCloseable {
  private final StreamsConfig config;
  private final Admin admin;

  private BrokerConnection(StreamsConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /**
   * Finds the broker.
   *
   * @throws UserError if it does not answer within {@link StreamsConfig#timeout}
   */
  public static BrokerConnection open(StreamsConfig config) {
    Admin admin;
    try {
      admin = Admin.create(ClientSettings.admin(config));
    } catch (KafkaException e) {
      throw unreachable(config, e);
    }
    var connection = new BrokerConnection(config, admin);
    try {
      connection.requireReachable();
      return connection;
    } catch (UserError | StreamException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Asks the broker for a sign of life.
   *
   * @throws UserError if it does not answer within {@link StreamsConfig#timeout}
   */
  public void requireReachable() {
    await(admin.describeCluster().nodes());
  }

  /**
   * Names of the experiments a broker holds, sorted.
   *
   * @throws UserError if the broker does not answer within {@code timeout}
   */
  public static List<String> experiments(
      String bootstrap, Duration timeout, Map<String, String> clientProperties) {
    try (var connection = open(new StreamsConfig(bootstrap, "any", timeout, clientProperties))) {
      String prefix = "gengap.";
      String suffix = "." + TopicKind.RUNS.suffix();
      return connection.topicNames().stream()
          .filter(name -> name.startsWith(prefix) && name.endsWith(suffix))
          .filter(name -> name.length() > prefix.length() + suffix.length())
          .map(name -> name.substring(prefix.length(), name.length() - suffix.length()))
          .sorted()
          .toList();
    }
  }

  /**
   * Creates the experiment's topics with the settings of {@link TopicKind}; those that exist are
   * checked.
   *
   * @param slots number of lanes
   * @param replication copies of each record: 1 … number of brokers
   * @throws UserError if a topic that exists cannot serve, or the broker refuses
   */
  public void createTopics(int slots, int replication) {
    new TopicAdmin(this).create(config.topics().all(slots), replication);
  }

  /** Deletes every topic of the experiment; returns how many there were. */
  public int deleteTopics() {
    List<String> names =
        topicNames().stream().filter(name -> name.startsWith(topics().prefix())).toList();
    await(admin.deleteTopics(names).all());
    return names.size();
  }

  /** What the connection was opened with. */
  public StreamsConfig config() {
    return config;
  }

  /** Names of the experiment's topics. */
  public Topics topics() {
    return config.topics();
  }

  @Override
  public void close() {
    admin.close(config.timeout());
  }

  Admin admin() {
    return admin;
  }

  private Set<String> topicNames() {
    return await(admin.listTopics().names());
  }

  /** The result of a request to the broker. */
  <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(config.timeout().toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamException(config.bootstrap() + ": interrupted", e);
    } catch (TimeoutException e) {
      throw unreachable(config, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw unreachable(config, e);
      }
      throw refused(e.getCause());
    }
  }

  private UserError refused(Throwable cause) {
    return new UserError(
        Problem.of(
            config.bootstrap(),
            "broker",
            String.valueOf(cause.getMessage()),
            "the request granted"),
        cause);
  }

  private static UserError unreachable(StreamsConfig config, Exception cause) {
    return new UserError(
        Problem.of(
                "--bootstrap",
                "broker",
                config.bootstrap(),
                "a Kafka broker that answers within " + config.timeout().toSeconds() + " s")
            .withRemedy("start it or mend the address; without --bootstrap gengap runs its own"),
        cause);
  }
}
