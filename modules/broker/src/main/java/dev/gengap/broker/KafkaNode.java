package dev.gengap.broker;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's broker and controller wired together by hand: its own launcher hides which ports it got.
 * These classes are no public interface of Kafka, so every use of them is here.
 */
final class KafkaNode {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

  private final ControllerServer controller;
  private final BrokerServer broker;
  private final CompletableFuture<Map<Integer, InetSocketAddress>> voters =
      new CompletableFuture<>();

  /**
   * A node over the folder {@code logs}, which is formatted if it is new, with clients served at
   * {@code host}.
   */
  KafkaNode(Path logs, String host) throws Exception {
    var config = new KafkaConfig(BrokerSettings.of(logs, host), false);
    if (!Files.exists(logs.resolve("meta.properties"))) {
      format(logs);
    }
    var prepared = KafkaRaftServer.initializeLogDirs(config, LOG, "");
    var shared =
        new SharedServer(
            config,
            prepared._1,
            Time.SYSTEM,
            new Metrics(),
            voters,
            List.of(),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), prepared._2);
    this.broker = new BrokerServer(shared);
  }

  /** Starts both; returns once clients are served. */
  void start() {
    controller
        .socketServerFirstBoundPortFuture()
        .thenAccept(this::announceVoter)
        .exceptionally(this::giveUp);
    controller.startup();
    broker.startup();
  }

  /** Port clients connect to. */
  int port() {
    return broker.boundPort(new ListenerName(BrokerSettings.CLIENT_LISTENER));
  }

  /** Stops both; harmless if they never started. */
  void stop() {
    broker.shutdown();
    controller.shutdown();
  }

  private void announceVoter(int port) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    voters.complete(Map.of(BrokerSettings.NODE_ID, address));
  }

  private Void giveUp(Throwable cause) {
    voters.completeExceptionally(cause);
    return null;
  }

  private static void format(Path logs) throws Exception {
    var output = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    new Formatter()
        .setPrintStream(output)
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerSettings.NODE_ID)
        .addDirectory(logs.toAbsolutePath().toString())
        .setMetadataLogDirectory(logs.toAbsolutePath().toString())
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .run();
  }
}
