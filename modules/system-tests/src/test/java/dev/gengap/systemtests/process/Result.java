package dev.gengap.systemtests.process;

import java.util.List;

/**
 * How a command ended.
 *
 * @param code exit code; 128 + the signal's number for a process that was killed
 * @param out standard output
 * @param err standard error
 */
public record Result(int code, String out, String err) {

  /** The lines of standard error. */
  public List<String> errorLines() {
    return err.lines().toList();
  }
}
