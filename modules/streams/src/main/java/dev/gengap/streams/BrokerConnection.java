package dev.gengap.streams;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.Topics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
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
  private final RefusalWatch refusalWatch;

  private BrokerConnection(StreamsConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
    this.refusalWatch = new RefusalWatch(config, admin);
  }

  /**
   * Finds the broker.
   *
   * @throws UserError if it does not answer within {@link StreamsConfig#timeout}, cannot be
   *     trusted, or does not accept who is asking
   */
  public static BrokerConnection open(StreamsConfig config) {
    Admin admin;
    try {
      admin = Admin.create(ClientSettings.admin(config));
    } catch (KafkaException e) {
      throw BrokerErrors.unusable(config, e);
    }
    var connection = new BrokerConnection(config, admin);
    try {
      connection.connect();
      return connection;
    } catch (UserError | StreamException e) {
      connection.close();
      throw e;
    }
  }

  private void connect() {
    int millis = Math.toIntExact(config.timeout().toMillis());
    KafkaFuture<?> nodes =
        admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis)).nodes();
    Wait wait = new Wait("connecting", config, config.timeout());
    await(nodes, wait, BrokerErrors::unreachable);
  }

  /**
   * Asks the broker for a sign of life.
   *
   * @throws UserError if it does not answer within {@link StreamsConfig#outage}
   */
  public void requireReachable() {
    await(admin.describeCluster().nodes());
  }

  /**
   * Names of the experiments a broker holds, sorted.
   *
   * @param config how to reach it; the experiment it names may be any
   * @throws UserError if the broker does not answer within {@link StreamsConfig#timeout}
   */
  public static List<String> experiments(StreamsConfig config) {
    try (var connection = open(config)) {
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
   * @throws UserError if there are fewer brokers than copies asked for, a topic that exists cannot
   *     serve, or the broker refuses
   */
  public void createTopics(int slots, TopicSettings settings) {
    new TopicAdmin(this, settings).create(config.topics().all(slots));
  }

  /** Id of the Kafka cluster, the same by whatever address it is reached. */
  public String clusterId() {
    return await(admin.describeCluster().clusterId());
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
    refusalWatch.close();
    admin.close(config.timeout());
  }

  /** What producers wait under. */
  RefusalWatch refusalWatch() {
    return refusalWatch;
  }

  Admin admin() {
    return admin;
  }

  boolean hasTopic(String name) {
    return topicNames().contains(name);
  }

  /** Names of all topics the broker holds. */
  Set<String> topicNames() {
    return await(admin.listTopics().names());
  }

  /** The result of a request to the broker, waited for as long as an outage may last. */
  <T> T await(KafkaFuture<T> future) {
    Wait wait = new Wait("request", config, config.outage());
    return await(future, wait, BrokerErrors::outage);
  }

  private <T> T await(
      KafkaFuture<T> future,
      Wait wait,
      BiFunction<StreamsConfig, Throwable, UserError> unanswered) {
    while (true) {
      long millis = wait.millisToNextLook();
      try {
        T result = future.get(millis, TimeUnit.MILLISECONDS);
        wait.ended();
        return result;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StreamException(config.bootstrap() + ": interrupted", e);
      } catch (TimeoutException e) {
        if (millis == 0) {
          throw unanswered.apply(config, e);
        }
        wait.goesOn();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
          throw unanswered.apply(config, e);
        }
        throw refused(e.getCause());
      }
    }
  }

  private UserError refused(Throwable cause) {
    return BrokerErrors.meaning(config, cause)
        .orElseGet(
            () ->
                new UserError(
                    Problem.of(
                        config.bootstrap(),
                        "broker",
                        BrokerErrors.messages(config, cause),
                        "the request granted"),
                    cause));
  }
}
