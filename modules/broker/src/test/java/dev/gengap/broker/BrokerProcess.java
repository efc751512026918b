package dev.gengap.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A broker in a process of its own; it prints its address and serves until it is killed. */
final class BrokerProcess implements AutoCloseable {
  private final Process process;
  private final String bootstrap;

  private BrokerProcess(Process process, String bootstrap) {
    this.process = process;
    this.bootstrap = bootstrap;
  }

  static BrokerProcess start(Path dataDir) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                dataDir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.startsWith("127.0.0.1:")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("the broker's process ended");
    }
    return new BrokerProcess(process, line);
  }

  BrokerAddress address() {
    return new BrokerAddress(bootstrap, process.pid());
  }

  /** Kills the process without a chance to clean up. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  public static void main(String[] args) throws IOException {
    try (var broker = EmbeddedBroker.start(Path.of(args[0]), line -> {})) {
      System.out.println(broker.bootstrap());
      System.in.read();
    }
  }
}
