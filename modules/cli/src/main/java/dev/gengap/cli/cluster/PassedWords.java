package dev.gengap.cli.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command that the commands of an array job are given too. Pure functions. */
final class PassedWords {
  /** What {@code submit} and {@code node} both have, but for the brokers' address. */
  private static final Set<String> SHARED =
      Set.of(
          "--timeout",
          "--outage",
          "--kafka-config",
          "--kafka",
          "--replication",
          "--min-insync",
          "--plugins");

  private PassedWords() {}

  /** The words, in the order they were given in; files by their absolute path. */
  static List<String> of(CommandSpec parsed) {
    return parsed.commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> SHARED.contains(option.longestName()))
        .flatMap(PassedWords::words)
        .toList();
  }

  private static Stream<String> words(OptionSpec option) {
    boolean file = Path.class.equals(option.type());
    return option.originalStringValues().stream()
        .map(value -> file ? Path.of(value).toAbsolutePath().normalize().toString() : value)
        .flatMap(value -> Stream.of(option.longestName(), value));
  }
}
