package dev.gengap.cli.bench;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How often the work of a benchmark is timed. Mixed into commands. */
final class Repetitions {
  private static final String NAME = "--repetitions";

  @Option(
      names = NAME,
      paramLabel = "N",
      defaultValue = "15",
      description = "How often it is timed (default: ${DEFAULT-VALUE}).")
  private int count;

  int count() {
    return count;
  }

  /** Refuses every size below 1, this one's included, all at once. */
  void check(Map<String, Integer> sizes) {
    Map<String, Integer> all = new TreeMap<>(sizes);
    all.put(NAME, count);
    requirePositive(all);
  }

  /** Refuses every size below 1, all at once. */
  static void requirePositive(Map<String, Integer> sizes) {
    List<Problem> problems =
        new TreeMap<>(sizes)
            .entrySet().stream()
                .filter(size -> size.getValue() < 1)
                .map(size -> Problem.of("", size.getKey(), size.getValue(), ">= 1"))
                .toList();
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
  }
}
