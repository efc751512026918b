package dev.gengap.systemtests.cluster;

import dev.gengap.systemtests.process.Gengap;
import dev.gengap.systemtests.process.Result;
import dev.gengap.systemtests.process.RunningCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Nodes that are processes of this machine, each with one role and known by a name. They find each
 * other at the brokers. Confined to one thread. Caller closes.
 */
final class NodeCluster implements AutoCloseable {
  static final String COORDINATOR = "coordinator";
  static final String FEEDER = "feeder";
  static final String TRAINER = "trainer";
  static final String MEASURE = "measure";

  private static final List<String> SMALL = List.of("-Xmx256m");
  private static final String COORDINATES = "coordinates the cluster";
  private static final String NO_LONGER = "coordinates the cluster no longer";

  private final Path folder;
  private final Place here;
  private final List<String> brokers;

  /**
   * Where nodes are.
   *
   * @param processes starts them
   * @param host their address
   */
  record Place(Gengap processes, String host) {}

  private final Map<String, RunningCommand> nodes = new TreeMap<>();

  /**
   * Without a node yet.
   *
   * @param folder of the run folders, and where the output of the processes goes
   * @param brokers options that say where the brokers are and what topics they make
   */
  NodeCluster(Path folder, List<String> brokers) {
    this.folder = folder;
    this.here = new Place(new Gengap(folder), "127.0.0.1");
    this.brokers = List.copyOf(brokers);
  }

  /** Where the run folders are. */
  Path runs() {
    return folder.resolve("runs");
  }

  /** Starts a node, whose name is its role and a number. */
  void start(String name) {
    start(name, here);
  }

  /** The same elsewhere. */
  void start(String name, Place place) {
    List<String> arguments = new ArrayList<>(List.of("node", "--runs", runs().toString()));
    arguments.addAll(List.of("--roles", name.substring(0, name.indexOf('-'))));
    arguments.addAll(List.of("--host", place.host(), "--health", health(name).toString()));
    arguments.addAll(brokers);
    nodes.put(name, place.processes().start(SMALL, arguments.toArray(String[]::new)));
  }

  private Path health(String name) {
    return folder.resolve(name + ".health");
  }

  /** Forgets that nodes were members of a cluster. */
  void forgetHealth() {
    nodes.keySet().forEach(name -> health(name).toFile().delete());
  }

  /** Whether every node has been a member of a cluster since that was forgotten. */
  boolean isHealthy() {
    return nodes.keySet().stream().allMatch(name -> Files.exists(health(name)));
  }

  /** Submits the experiment of the file. */
  Result submit(String file) {
    return submit(file, here.processes());
  }

  /** The same by a process elsewhere. */
  Result submit(String file, Gengap processes) {
    List<String> arguments = new ArrayList<>(List.of("submit", file));
    arguments.addAll(brokers);
    return processes.run(arguments.toArray(String[]::new));
  }

  /** Deletes an experiment. */
  Result delete(String name) {
    List<String> arguments = new ArrayList<>(List.of("delete", name));
    arguments.addAll(brokers.subList(0, 2));
    return here.processes().run(arguments.toArray(String[]::new));
  }

  /** The nodes of a role, by name. */
  List<String> withRole(String role) {
    return nodes.keySet().stream().filter(name -> name.startsWith(role)).toList();
  }

  /** A node's process. */
  RunningCommand node(String name) {
    return nodes.get(name);
  }

  /** The nodes that say that they coordinate and not that they no longer do. */
  List<String> coordinators() {
    return nodes.keySet().stream().filter(name -> coordinates(nodes.get(name).log())).toList();
  }

  private static boolean coordinates(String log) {
    int last = log.lastIndexOf(COORDINATES);
    return last >= 0 && !log.startsWith(NO_LONGER, last);
  }

  /** What every node's log holds that is worth a look. */
  String warnings() {
    StringBuilder text = new StringBuilder();
    nodes.forEach(
        (name, node) -> {
          text.append("== ").append(name).append('\n');
          node.log()
              .lines()
              .filter(line -> line.contains("dev.gengap") && !line.startsWith("\t"))
              .forEach(line -> text.append(line).append('\n'));
        });
    return text.toString();
  }

  @Override
  public void close() {
    nodes.values().forEach(RunningCommand::close);
  }
}
