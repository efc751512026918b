package dev.gengap.cli.backend;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import picocli.CommandLine.Option;

/** The option that says how many threads compute on the processors. Mixed into commands. */
public final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of the nd4j backend (default: ${DEFAULT-VALUE}).")
  private int threads;

  /**
   * The number of threads, at least one.
   *
   * @throws UserError if none was asked for, or fewer
   */
  public int count() {
    if (threads < 1) {
      throw new UserError(Problem.of("", "--threads", threads, "> 0"));
    }
    return threads;
  }
}
