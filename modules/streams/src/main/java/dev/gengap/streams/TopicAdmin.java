package dev.gengap.streams;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.Topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics, and checks those that were there before. Confined to one thread. */
final class TopicAdmin {
  private static final String ALTER = "set it with kafka-configs --alter";

  private static final long RETRY_NANOS = Duration.ofMillis(20).toNanos();

  private final BrokerConnection connection;
  private final TopicSettings settings;

  TopicAdmin(BrokerConnection connection, TopicSettings settings) {
    this.connection = connection;
    this.settings = settings;
  }

  /** Nothing is created where something cannot serve. */
  void create(List<Topic> topics) {
    Set<String> there = connection.topicNames();
    List<Topic> existing = topics.stream().filter(topic -> there.contains(topic.name())).toList();
    check(existing, awaitVisible(existing));
    List<Topic> missing = topics.stream().filter(topic -> !there.contains(topic.name())).toList();
    List<Topic> overtaken = createMissing(missing);
    Map<String, TopicDescription> descriptions = awaitVisible(topics);
    check(overtaken, descriptions);
    awaitLeaders(descriptions.values());
  }

  private void requireBrokers() {
    int brokers = connection.await(connection.admin().describeCluster().nodes()).size();
    if (settings.replication() > brokers) {
      throw new UserError(
          Problem.of(
                  "--replication",
                  "copies of each record",
                  settings.replication(),
                  "at most " + brokers + ", the brokers that run")
              .withRemedy("start more brokers, or ask for fewer copies"));
    }
  }

  /** Those that somebody else created meanwhile are returned. */
  private List<Topic> createMissing(List<Topic> topics) {
    if (topics.isEmpty()) {
      return List.of();
    }
    requireBrokers();
    List<NewTopic> wanted =
        topics.stream()
            .map(
                topic ->
                    new NewTopic(
                            topic.name(), topic.kind().partitions(), (short) settings.replication())
                        .configs(configs(topic)))
            .toList();
    Map<String, KafkaFuture<Void>> created = connection.admin().createTopics(wanted).values();
    return topics.stream().filter(topic -> existed(created.get(topic.name()))).toList();
  }

  private Map<String, String> configs(Topic topic) {
    Map<String, String> configs = new HashMap<>(topic.kind().settings());
    configs.putAll(settings.settings());
    return configs;
  }

  private boolean existed(KafkaFuture<Void> created) {
    try {
      connection.await(created);
      return false;
    } catch (UserError e) {
      if (e.getCause() instanceof TopicExistsException) {
        return true;
      }
      throw e;
    }
  }

  private void check(List<Topic> topics, Map<String, TopicDescription> descriptions) {
    List<ConfigResource> resources =
        topics.stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
            .toList();
    Map<ConfigResource, Config> configs =
        awaitKnown(() -> connection.admin().describeConfigs(resources).all());
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < topics.size(); i++) {
      Topic topic = topics.get(i);
      Config config = configs.get(resources.get(i));
      problems.addAll(problems(topic, descriptions.get(topic.name()), config));
    }
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
  }

  private Map<String, TopicDescription> awaitVisible(List<Topic> topics) {
    List<String> names = topics.stream().map(Topic::name).toList();
    return awaitKnown(() -> connection.admin().describeTopics(names).allTopicNames());
  }

  /**
   * A broker knows a new topic only a moment after the controller has made it, and another one,
   * which answers the next request, later still.
   */
  private <T> T awaitKnown(Supplier<KafkaFuture<T>> request) {
    long deadline = System.nanoTime() + connection.config().timeout().toNanos();
    while (true) {
      try {
        return connection.await(request.get());
      } catch (UserError e) {
        boolean early = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!early || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** The request is repeated until every partition's leader answers it. */
  private void awaitLeaders(Collection<TopicDescription> descriptions) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicDescription description : descriptions) {
      for (TopicPartitionInfo partition : description.partitions()) {
        ends.put(
            new TopicPartition(description.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    awaitKnown(() -> connection.admin().listOffsets(ends).all());
  }

  /** Retention is the owner's affair; what correctness rests on is checked. */
  private List<Problem> problems(Topic topic, TopicDescription description, Config config) {
    List<Problem> problems = new ArrayList<>();
    String place = "topic " + topic.name();
    TopicKind kind = topic.kind();
    int partitions = description.partitions().size();
    if (kind == TopicKind.LANE && partitions != 1) {
      problems.add(Problem.of(place, "partitions", partitions, "1"));
    }
    String cleanup = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    String wantedCleanup = kind.settings().get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!cleanup.equals(wantedCleanup)) {
      problems.add(
          Problem.of(place, TopicConfig.CLEANUP_POLICY_CONFIG, cleanup, wantedCleanup)
              .withRemedy(ALTER));
    }
    int bytes = number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (bytes < TopicKind.MAX_MESSAGE_BYTES) {
      String wanted = "at least " + TopicKind.MAX_MESSAGE_BYTES;
      problems.add(
          Problem.of(place, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes, wanted).withRemedy(ALTER));
    }
    problems.addAll(replicationProblems(place, copies(description), config));
    return problems;
  }

  private List<Problem> replicationProblems(String place, int copies, Config config) {
    List<Problem> problems = new ArrayList<>();
    if (copies < settings.replication()) {
      problems.add(
          Problem.of(place, "copies", copies, "at least " + settings.replication())
              .withRemedy(
                  "add some with kafka-reassign-partitions, or give --replication " + copies));
    }
    int minInsync = number(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
    if (minInsync < settings.minInsync() || minInsync > copies) {
      String wanted = settings.minInsync() + " … " + copies;
      problems.add(
          Problem.of(place, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, minInsync, wanted)
              .withRemedy(ALTER + ", or give another --min-insync"));
    }
    String unclean = config.get(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG).value();
    if (copies > 1 && !unclean.equals("false")) {
      problems.add(
          Problem.of(place, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, unclean, "false")
              .withRemedy(ALTER));
    }
    return problems;
  }

  private static int copies(TopicDescription description) {
    return description.partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElse(0);
  }

  private static int number(Config config, String name) {
    return Integer.parseInt(config.get(name).value());
  }
}
