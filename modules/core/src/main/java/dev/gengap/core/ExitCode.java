package dev.gengap.core;

/** How a Gengap process ends. */
public enum ExitCode {
  /** Everything asked for was done. */
  OK(0),
  /** Gengap itself failed, or a run did. */
  FAILURE(1),
  /** The user can mend it: a file, a key, an option, an unreachable broker, a full disk. */
  BAD_INPUT(2),
  /** Stopped by Ctrl-C; running the same command again carries on. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
