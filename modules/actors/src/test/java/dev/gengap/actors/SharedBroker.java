package dev.gengap.actors;

import dev.gengap.broker.EmbeddedBroker;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.StreamsConfig;
import dev.gengap.streams.TopicSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one real broker that all test classes share. */
final class SharedBroker implements ParameterResolver {
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(SharedBroker.class);

  /** The broker and its folder, as long as the tests run. */
  record Running(EmbeddedBroker broker, Path dir) implements AutoCloseable {
    private static Running start() {
      try {
        Path dir = Files.createTempDirectory("gengap-broker");
        return new Running(EmbeddedBroker.start(dir, Running::unexpected), dir);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void unexpected(String line) {
      throw new AssertionError(line);
    }

    /** Connects to an experiment of its own, with topics for {@code slots} slots. */
    BrokerConnection connect(String experiment, int slots) {
      BrokerConnection connection =
          BrokerConnection.open(StreamsConfig.of(broker.bootstrap(), experiment));
      connection.createTopics(slots, TopicSettings.of(1));
      return connection;
    }

    @Override
    public void close() throws IOException {
      broker.close();
      List<Path> paths;
      try (var walk = Files.walk(dir)) {
        paths = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : paths) {
        Files.delete(path);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(SPACE)
        .getOrComputeIfAbsent("broker", key -> Running.start(), Running.class);
  }
}
