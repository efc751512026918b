package dev.gengap.cli.console;

import dev.gengap.monitor.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: results to {@code out}, everything else (problems, progress beside {@code
 * --json}) to {@code err}.
 *
 * @param out standard output
 * @param err standard error
 * @param terminal what standard output goes to
 */
public record Console(PrintStream out, PrintStream err, Terminal terminal) {

  /** The console of this process: UTF-8 whatever the locale, for messages hold an ellipsis. */
  public static Console ofProcess() {
    return new Console(
        stream(FileDescriptor.out), stream(FileDescriptor.err), Terminal.ofProcess());
  }

  /** Writes what is still held back. */
  public void flush() {
    out.flush();
    err.flush();
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
