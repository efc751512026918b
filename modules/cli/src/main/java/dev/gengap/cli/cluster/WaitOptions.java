package dev.gengap.cli.cluster;

import dev.gengap.cli.console.Console;
import dev.gengap.core.ExitCode;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.time.Duration;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** The options of verbs whose wish a coordinator fulfils. Mixed into commands. */
final class WaitOptions {
  private static final Duration POLL = Duration.ofMillis(200);

  @Option(names = "--wait", description = "Return only when it is done.")
  private boolean asked;

  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "With --wait, how long at most (default: 60).")
  private int seconds;

  /** Whether the verb waits until it is done. */
  boolean asked() {
    return asked;
  }

  /**
   * @throws UserError if the time to wait is none
   */
  void check() {
    if (seconds < 1) {
      throw new UserError(Problem.of("", "--within", seconds, "at least 1"));
    }
  }

  /**
   * Waits until {@code done}.
   *
   * @param done says whether it is, after looking for news for as long as it is given
   */
  ExitCode await(Predicate<Duration> done, Console console) {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (!done.test(POLL)) {
      if (System.nanoTime() > end) {
        console
            .err()
            .println(
                "gengap: no coordinator answered within "
                    + seconds
                    + " s; is a node with role coordinator up? It is done once one is");
        return ExitCode.FAILURE;
      }
    }
    return ExitCode.OK;
  }
}
