package dev.gengap.core;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something the user can mend: bad input, a missing file, an unreachable broker, a full disk. The
 * command line prints each problem on a line of its own, without a stack trace, and exits with
 * {@link ExitCode#BAD_INPUT}.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public UserError(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public UserError(Problem problem) {
    this(List.of(problem));
  }

  public UserError(Problem problem, Throwable cause) {
    this(List.of(problem));
    initCause(cause);
  }

  /** Everything that is wrong, in the order it was found. */
  public List<Problem> problems() {
    return problems;
  }
}
