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
import java.util.concurrent.locks.LockSupport;
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
  private static final long RETRY_NANOS = Duration.ofMillis(20).toNanos();

  private final BrokerConnection connection;

  TopicAdmin(BrokerConnection connection) {
    this.connection = connection;
  }

  void create(List<Topic> topics, int replication) {
    List<NewTopic> wanted =
        topics.stream()
            .map(
                topic ->
                    new NewTopic(topic.name(), topic.kind().partitions(), (short) replication)
                        .configs(topic.kind().settings()))
            .toList();
    Map<String, KafkaFuture<Void>> created = connection.admin().createTopics(wanted).values();
    List<Topic> existing =
        topics.stream().filter(topic -> existed(created.get(topic.name()))).toList();
    Map<String, TopicDescription> descriptions =
        awaitVisible(topics.stream().map(Topic::name).toList());
    check(existing, descriptions);
    awaitLeaders(descriptions.values());
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
        connection.await(connection.admin().describeConfigs(resources).all());
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < topics.size(); i++) {
      Topic topic = topics.get(i);
      int partitions = descriptions.get(topic.name()).partitions().size();
      problems.addAll(problems(topic, partitions, configs.get(resources.get(i))));
    }
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
  }

  /** A broker knows a new topic only a moment after the controller has made it. */
  private Map<String, TopicDescription> awaitVisible(List<String> names) {
    long deadline = System.nanoTime() + connection.config().timeout().toNanos();
    while (true) {
      try {
        return connection.await(connection.admin().describeTopics(names).allTopicNames());
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
    connection.await(connection.admin().listOffsets(ends).all());
  }

  /** Retention is the owner's affair; what correctness rests on is checked. */
  private static List<Problem> problems(Topic topic, int partitions, Config config) {
    List<Problem> problems = new ArrayList<>();
    String place = "topic " + topic.name();
    TopicKind kind = topic.kind();
    if (kind == TopicKind.LANE && partitions != 1) {
      problems.add(Problem.of(place, "partitions", partitions, "1"));
    }
    String cleanup = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    String wantedCleanup = kind.settings().get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!cleanup.equals(wantedCleanup)) {
      problems.add(Problem.of(place, TopicConfig.CLEANUP_POLICY_CONFIG, cleanup, wantedCleanup));
    }
    String bytes = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
    if (Integer.parseInt(bytes) < TopicKind.MAX_MESSAGE_BYTES) {
      String wanted = "at least " + TopicKind.MAX_MESSAGE_BYTES;
      problems.add(Problem.of(place, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes, wanted));
    }
    return problems;
  }
}
