package dev.gengap.cli.cluster.node;

import dev.gengap.actors.NodeSettings;
import dev.gengap.actors.Role;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that say how a node takes part. Mixed into commands. */
final class NodeOptions {
  @Option(
      names = "--roles",
      split = ",",
      paramLabel = "ROLE",
      description = "coordinator, feeder, trainer, measure (default: all of them).")
  private List<String> roles = List.of();

  @Option(
      names = "--seed",
      split = ",",
      paramLabel = "HOST:PORT",
      description =
          "Nodes to join by; the first of them begins the cluster (default: those found at the"
              + " brokers).")
  private List<String> seeds = List.of();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Address the other nodes reach this one at (default: 127.0.0.1).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port it listens on there (default: 0, any that is free).")
  private int port;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description = "PKCS12 file with the node's key; nodes then speak TLS with each other.")
  private Path keyStore;

  @Option(
      names = "--tls-truststore",
      paramLabel = "FILE",
      description = "PKCS12 file with the certificates that nodes must show.")
  private Path trustStore;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password of both.")
  private Path passwordFile;

  /** Nodes to join by, as they were named. */
  List<String> seeds() {
    for (String seed : seeds) {
      if (!seed.matches("[^:/@\\s]+:\\d{1,5}")) {
        throw new UserError(Problem.of("", "--seed", seed, "host:port"));
      }
    }
    return seeds;
  }

  /**
   * How the node takes part.
   *
   * @throws UserError if an option is wrong
   */
  NodeSettings settings(NodeSettings.Agreement agreement) {
    if (port < 0 || port > 65535) {
      throw new UserError(Problem.of("", "--port", port, "0 … 65535"));
    }
    return new NodeSettings(host, port, roles(), tls(), agreement);
  }

  Set<Role> roles() {
    if (roles.isEmpty()) {
      return EnumSet.allOf(Role.class);
    }
    return roles.stream().map(NodeOptions::role).collect(Collectors.toSet());
  }

  private static Role role(String text) {
    return Arrays.stream(Role.values())
        .filter(role -> role.key().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    Problem.of("", "--roles", text, "coordinator, feeder, trainer or measure")));
  }

  private Optional<NodeSettings.Tls> tls() {
    if (keyStore == null && trustStore == null && passwordFile == null) {
      return Optional.empty();
    }
    NodeSettings.Tls tls =
        new NodeSettings.Tls(
            file("--tls-keystore", keyStore),
            file("--tls-truststore", trustStore),
            password(file("--tls-password-file", passwordFile)));
    NodeCertificates.check(tls, Instant.now());
    return Optional.of(tls);
  }

  private static Path file(String option, Path file) {
    if (file == null) {
      throw new UserError(
          Problem.of("", option, "none", "a file, since other options of TLS are given"));
    }
    if (!Files.isReadable(file)) {
      throw new UserError(Problem.of("", option, file, "a file that can be read"));
    }
    return file.toAbsolutePath();
  }

  private static String password(Path file) {
    try {
      return Files.readAllLines(file).stream().findFirst().orElse("");
    } catch (IOException e) {
      throw new UserError(
          Problem.of("", "--tls-password-file", file, "a readable file: " + e.getMessage()), e);
    }
  }
}
