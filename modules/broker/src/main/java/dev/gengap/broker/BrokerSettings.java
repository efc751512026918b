package dev.gengap.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The settings of the embedded broker: one node, sized for a laptop. */
final class BrokerSettings {
  static final int NODE_ID = 1;
  static final String CLIENT_LISTENER = "BROKER";
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerSettings() {}

  /** Kafka's settings for logs under {@code logs}, with clients served at {@code host}. */
  static Map<String, String> of(Path logs, String host) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("log.dirs", logs.toAbsolutePath().toString());
    settings.putAll(node(host));
    settings.putAll(disk());
    settings.putAll(size());
    settings.putAll(internalTopics());
    return settings;
  }

  private static Map<String, String> node(String host) {
    return Map.of(
        // Otherwise the controller writes a record that says nothing, to the disk, twice a second.
        "metadata.max.idle.interval.ms",
        "0",
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        // The system chooses both ports; the voter's address is given once it is known.
        "listeners",
        CLIENT_LISTENER + "://" + host + ":0," + CONTROLLER_LISTENER + "://127.0.0.1:0",
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
        "inter.broker.listener.name",
        CLIENT_LISTENER,
        "controller.listener.names",
        CONTROLLER_LISTENER,
        "controller.quorum.voters",
        NODE_ID + "@0.0.0.0:0",
        "auto.create.topics.enable",
        "false");
  }

  /** Consumed records leave the disk within seconds: small segments, looked at often. */
  private static Map<String, String> disk() {
    return Map.of(
        "log.retention.check.interval.ms", "250",
        "log.initial.task.delay.ms", "500",
        "log.segment.delete.delay.ms", "100",
        "log.segment.bytes", Integer.toString(16 << 20),
        "log.index.size.max.bytes", Integer.toString(1 << 20));
  }

  private static Map<String, String> size() {
    return Map.ofEntries(
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "4"),
        Map.entry("background.threads", "2"),
        Map.entry("num.recovery.threads.per.data.dir", "2"),
        Map.entry("group.coordinator.threads", "1"),
        Map.entry("share.coordinator.threads", "1"),
        Map.entry("log.cleaner.threads", "1"),
        Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)),
        // −1: the operating system sizes the buffers, which large records need.
        Map.entry("socket.send.buffer.bytes", "-1"),
        Map.entry("socket.receive.buffer.bytes", "-1"));
  }

  /** One node can hold one replica. */
  private static Map<String, String> internalTopics() {
    return Map.ofEntries(
        Map.entry("default.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "1"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("transaction.state.log.num.partitions", "1"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"));
  }
}
