package dev.gengap.systemtests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Network namespaces of this machine: a hub and two sides, each with an address of its own and
 * connected by a bridge within the hub. Nothing outside them is touched. Caller closes, once the
 * processes in them have ended.
 */
final class Namespaces implements AutoCloseable {
  private static final String NETWORK = "10.77.0.";

  /** One of the namespaces. */
  enum Part {
    HUB("h", NETWORK + 1),
    LEFT("l", NETWORK + 2),
    RIGHT("r", NETWORK + 3);

    private final String key;
    private final String host;

    Part(String key, String host) {
      this.key = key;
      this.host = host;
    }

    /** Its address. */
    String host() {
      return host;
    }
  }

  private final String prefix = "gengap-" + ProcessHandle.current().pid() + "-";
  private final Thread onExit = new Thread(this::remove, "gengap-namespaces");

  /**
   * Makes them.
   *
   * @throws IllegalStateException if this process may not, or has no command ip
   */
  static Namespaces create() {
    Namespaces made = new Namespaces();
    Runtime.getRuntime().addShutdownHook(made.onExit);
    try {
      made.connect();
      return made;
    } catch (IllegalStateException e) {
      made.close();
      throw e;
    }
  }

  private void connect() {
    for (Part part : Part.values()) {
      ip("netns add " + name(part));
      in(part, "link set lo up");
    }
    in(Part.HUB, "link add bridge type bridge");
    in(Part.HUB, "addr add " + Part.HUB.host() + "/24 dev bridge");
    in(Part.HUB, "link set bridge up");
    for (Part side : List.of(Part.LEFT, Part.RIGHT)) {
      in(Part.HUB, "link add " + port(side) + " type veth peer name wire netns " + name(side));
      in(Part.HUB, "link set " + port(side) + " master bridge up");
      in(side, "addr add " + side.host() + "/24 dev wire");
      in(side, "link set wire up");
    }
  }

  /** A command that runs another one in the namespace. */
  List<String> launcher(Part part) {
    return List.of("ip", "netns", "exec", name(part));
  }

  /** The sides no longer hear each other, only the hub. */
  void cut() {
    isolate("on");
  }

  /** The sides hear each other again. */
  void heal() {
    isolate("off");
  }

  private void isolate(String state) {
    for (Part side : List.of(Part.LEFT, Part.RIGHT)) {
      in(Part.HUB, "link set dev " + port(side) + " type bridge_slave isolated " + state);
    }
  }

  private String name(Part part) {
    return prefix + part.key;
  }

  private static String port(Part side) {
    return "to-" + side.key;
  }

  private void in(Part part, String arguments) {
    ip("-n " + name(part) + " " + arguments);
  }

  private static void ip(String arguments) {
    complaint(arguments)
        .ifPresent(
            said -> {
              throw new IllegalStateException("ip " + arguments + ": " + said);
            });
  }

  /** What the command ip says if it fails. */
  private static Optional<String> complaint(String arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments.split(" ")));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    } catch (IOException e) {
      throw new IllegalStateException("ip: not found", new UncheckedIOException(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void remove() {
    for (Part part : Part.values()) {
      // One that was not made cannot be removed.
      complaint("netns del " + name(part));
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(onExit);
    remove();
  }
}
