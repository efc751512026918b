package dev.gengap.systemtests.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Kafka brokers, each a controller as well and a process of its own, on this machine alone: started
 * from Kafka's own main class, to be killed, stopped, frozen and started again. Brokers count from
 * 0. Confined to one thread. Caller closes.
 */
public final class KafkaCluster implements AutoCloseable {
  private final Gengap processes;
  private final List<BrokerFiles> brokers;
  private final RunningCommand[] running;
  private final Admin admin;

  private KafkaCluster(Gengap processes, List<BrokerFiles> brokers) {
    this.processes = processes;
    this.brokers = brokers;
    this.running = new RunningCommand[brokers.size()];
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                2000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                4000));
  }

  /** A cluster that is not started yet. */
  public static Plan of(int brokers) {
    return new Plan(brokers, Map.of(), Map.of());
  }

  /**
   * A cluster that is not started yet. Immutable.
   *
   * @param brokers how many
   * @param settings further settings of every broker
   * @param listeners security protocol of each listener beside the plain one, by name
   */
  public record Plan(int brokers, Map<String, String> settings, Map<String, String> listeners) {

    /** With a further setting of every broker. */
    public Plan with(String key, String value) {
      Map<String, String> more = new HashMap<>(settings);
      more.put(key, value);
      return new Plan(brokers, more, listeners);
    }

    /** With a further listener; {@code own} are its settings, without its prefix. */
    public Plan withListener(String name, String protocol, Map<String, String> own) {
      Map<String, String> settingsToo = new HashMap<>(settings);
      String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
      own.forEach((key, value) -> settingsToo.put(prefix + key, value));
      Map<String, String> more = new HashMap<>(listeners);
      more.put(name, protocol);
      return new Plan(brokers, settingsToo, more);
    }

    /** Starts the brokers with their data below {@code folder}; returns once all serve. */
    public KafkaCluster start(Path folder) {
      KafkaCluster cluster = new KafkaCluster(new Gengap(folder), BrokerFiles.write(this, folder));
      try {
        IntStream.range(0, brokers).forEach(cluster::launch);
        cluster.awaitServing();
        return cluster;
      } catch (RuntimeException e) {
        cluster.close();
        throw e;
      }
    }
  }

  /** host:port of every broker, where neither TLS nor a login is asked for. */
  public String bootstrap() {
    return bootstrap(BrokerFiles.PLAIN);
  }

  /** host:port of every broker's listener of that name. */
  public String bootstrap(String listener) {
    return brokers.stream()
        .map(broker -> "127.0.0.1:" + broker.ports().get(listener))
        .collect(Collectors.joining(","));
  }

  /** How many brokers there are. */
  public int size() {
    return brokers.size();
  }

  /** SIGKILL. */
  public void kill(int broker) {
    running[broker].kill();
  }

  /** SIGTERM; returns once the broker has handed over and ended. */
  public void stop(int broker) {
    running[broker].signal("TERM");
    running[broker].await();
  }

  /** SIGSTOP: the broker hangs, and its connections with it. */
  public void freeze(int broker) {
    running[broker].signal("STOP");
  }

  /** SIGCONT. */
  public void thaw(int broker) {
    running[broker].signal("CONT");
  }

  /** Starts a broker that was killed or stopped, over its data; returns once all serve. */
  public void start(int broker) {
    launch(broker);
    awaitServing();
  }

  /** Changes a setting of a broker, from its next start on. */
  public void configure(int broker, String key, String value) {
    brokers.get(broker).set(key, value);
  }

  /** Waits until every copy of every record is up to date, so that any broker can be lost. */
  public void awaitInSync() {
    anyRunning().awaitUntil("every copy is in step", this::isInSync);
  }

  /** A client of the listener without security. Closed with the cluster. */
  public Admin admin() {
    return admin;
  }

  @Override
  public void close() {
    admin.close();
    for (RunningCommand broker : running) {
      if (broker != null) {
        broker.close();
      }
    }
  }

  private void launch(int broker) {
    List<String> small = List.of("-Xmx256m");
    running[broker] =
        processes.startMain(small, "kafka.Kafka", brokers.get(broker).properties().toString());
  }

  private void awaitServing() {
    for (RunningCommand broker : running) {
      broker.awaitUntil("all brokers serve", this::isServing);
    }
  }

  private RunningCommand anyRunning() {
    for (RunningCommand broker : running) {
      if (!broker.endsWithin(0)) {
        return broker;
      }
    }
    throw new IllegalStateException("no broker runs");
  }

  private boolean isServing() {
    return answer(admin.describeCluster().nodes())
        .filter(nodes -> nodes.size() == brokers.size())
        .isPresent();
  }

  private boolean isInSync() {
    return answer(admin.listTopics().names())
        .flatMap(names -> answer(admin.describeTopics(names).allTopicNames()))
        .filter(topics -> topics.values().stream().allMatch(KafkaCluster::isInSync))
        .isPresent();
  }

  private static boolean isInSync(TopicDescription topic) {
    return topic.partitions().stream()
        .allMatch(partition -> partition.isr().size() == partition.replicas().size());
  }

  /** Empty where the brokers do not answer yet. */
  private static <T> Optional<T> answer(Future<T> future) {
    try {
      return Optional.of(future.get());
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
