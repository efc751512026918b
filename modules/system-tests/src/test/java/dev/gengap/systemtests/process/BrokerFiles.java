package dev.gengap.systemtests.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * What one broker of a {@link KafkaCluster} starts from.
 *
 * @param properties its configuration
 * @param ports where each of its listeners listens, by name
 */
record BrokerFiles(Path properties, Map<String, Integer> ports) {
  static final String PLAIN = "PLAIN";
  private static final String CONTROLLER = "CONTROLLER";

  /** Below the ports the system hands out to clients, which may take one while a broker is down. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 12_000;

  /** Writes the files and formats the data folders of all brokers. */
  static List<BrokerFiles> write(KafkaCluster.Plan plan, Path folder) {
    Ports free = new Ports();
    List<Map<String, Integer>> ports = new ArrayList<>();
    for (int broker = 0; broker < plan.brokers(); broker++) {
      Map<String, Integer> own = new HashMap<>();
      own.put(PLAIN, free.next());
      own.put(CONTROLLER, free.next());
      plan.listeners().keySet().forEach(name -> own.put(name, free.next()));
      ports.add(own);
    }
    String clusterId = Uuid.randomUuid().toString();
    List<BrokerFiles> files = new ArrayList<>();
    for (int broker = 0; broker < plan.brokers(); broker++) {
      files.add(write(plan, folder.resolve("broker-" + broker), broker, ports, clusterId));
    }
    return List.copyOf(files);
  }

  private static BrokerFiles write(
      KafkaCluster.Plan plan,
      Path folder,
      int broker,
      List<Map<String, Integer>> ports,
      String clusterId) {
    Path data = folder.resolve("data");
    Path file = folder.resolve("server.properties");
    Properties properties = new Properties();
    properties.putAll(small());
    properties.putAll(node(plan, broker, ports));
    properties.put("log.dirs", data.toString());
    properties.putAll(plan.settings());
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store(properties, file);
    format(data.toString(), broker, clusterId);
    return new BrokerFiles(file, ports.get(broker));
  }

  private static void store(Properties properties, Path file) {
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a setting in the file. */
  void set(String key, String value) {
    Properties changed = new Properties();
    try (Reader reader = Files.newBufferedReader(properties)) {
      changed.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    changed.put(key, value);
    store(changed, properties);
  }

  private static Map<String, String> node(
      KafkaCluster.Plan plan, int broker, List<Map<String, Integer>> ports) {
    Map<String, String> protocols = new HashMap<>(plan.listeners());
    protocols.put(PLAIN, "PLAINTEXT");
    protocols.put(CONTROLLER, "PLAINTEXT");
    List<String> voters = new ArrayList<>();
    for (int voter = 0; voter < ports.size(); voter++) {
      voters.add(voter + "@127.0.0.1:" + ports.get(voter).get(CONTROLLER));
    }
    String listeners =
        ports.get(broker).entrySet().stream()
            .map(listener -> listener.getKey() + "://127.0.0.1:" + listener.getValue())
            .collect(Collectors.joining(","));
    String map =
        protocols.entrySet().stream()
            .map(protocol -> protocol.getKey() + ":" + protocol.getValue())
            .collect(Collectors.joining(","));
    return Map.of(
        "process.roles", "broker,controller",
        "node.id", Integer.toString(broker),
        "listeners", listeners,
        "listener.security.protocol.map", map,
        "inter.broker.listener.name", PLAIN,
        "controller.listener.names", CONTROLLER,
        "controller.quorum.voters", String.join(",", voters));
  }

  /** Little memory, few threads, and the loss of a broker noticed within seconds. */
  private static Map<String, String> small() {
    return Map.ofEntries(
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("broker.heartbeat.interval.ms", "500"),
        Map.entry("broker.session.timeout.ms", "4000"),
        Map.entry("controlled.shutdown.enable", "true"),
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "2"),
        Map.entry("background.threads", "2"),
        Map.entry("group.coordinator.threads", "1"),
        Map.entry("share.coordinator.threads", "1"),
        Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)),
        Map.entry("log.index.size.max.bytes", Integer.toString(1 << 20)),
        Map.entry("log.retention.check.interval.ms", "1000"),
        Map.entry("log.segment.delete.delay.ms", "1000"));
  }

  private static void format(String data, int broker, String clusterId) {
    PrintStream unread =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    try {
      new Formatter()
          .setPrintStream(unread)
          .setClusterId(clusterId)
          .setNodeId(broker)
          .setDirectories(List.of(data))
          .setMetadataLogDirectory(data)
          .setControllerListenerName(CONTROLLER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (Exception e) {
      throw new IllegalStateException(data + " not formatted", e);
    }
  }

  /** Ports nobody listens on, each given once. */
  private static final class Ports {
    private int last = (int) (ProcessHandle.current().pid() * 37 % PORTS);

    int next() {
      for (int tried = 0; tried < PORTS; tried++) {
        last = (last + 1) % PORTS;
        if (isFree(FIRST_PORT + last)) {
          return FIRST_PORT + last;
        }
      }
      throw new IllegalStateException("no free port");
    }

    private static boolean isFree(int port) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
