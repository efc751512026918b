package dev.gengap.streams;

import dev.gengap.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a connection of their own to one real broker that all test classes share. Each test
 * gets an experiment of its own, with topics for two slots; the connection is closed after it.
 */
final class BrokerExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(BrokerExtension.class);

  /** The broker and its folder, as long as the tests run. */
  private record Shared(EmbeddedBroker broker, Path dir) implements AutoCloseable {
    static Shared start() {
      try {
        Path dir = Files.createTempDirectory("gengap-broker");
        return new Shared(EmbeddedBroker.start(dir, Shared::unexpected), dir);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void unexpected(String line) {
      throw new AssertionError(line);
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

  /** A connection, and where its broker keeps its logs. */
  record Access(BrokerConnection connection, Path logs) implements AutoCloseable {
    @Override
    public void close() {
      connection.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == BrokerConnection.class || type == Path.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Access access = access(context);
    return parameter.getParameter().getType() == Path.class ? access.logs() : access.connection();
  }

  private static Access access(ExtensionContext context) {
    Shared shared =
        context
            .getRoot()
            .getStore(SPACE)
            .getOrComputeIfAbsent("broker", key -> Shared.start(), Shared.class);
    return context
        .getStore(SPACE)
        .getOrComputeIfAbsent(context.getUniqueId(), id -> connect(context, shared), Access.class);
  }

  private static Access connect(ExtensionContext context, Shared shared) {
    String experiment =
        context.getRequiredTestClass().getSimpleName()
            + "-"
            + context.getRequiredTestMethod().getName();
    var connection =
        BrokerConnection.open(StreamsConfig.of(shared.broker().bootstrap(), experiment));
    connection.createTopics(2, TopicSettings.of(1));
    return new Access(connection, shared.dir().resolve("log"));
  }
}
