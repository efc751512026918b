package dev.gengap.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process at work. Confined to one thread; closing it kills what still runs. */
public final class RunningCommand implements AutoCloseable {
  /** A command that takes longer hangs. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** How long to wait between two looks at a condition [ms]. */
  static final long POLL_MILLIS = 20;

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  RunningCommand(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Waits until {@code condition} holds while the process runs.
   *
   * @throws IllegalStateException if the process ends first, or nothing happens for too long
   */
  public void awaitUntil(String condition, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (endsWithin(POLL_MILLIS)) {
        throw failure("ended before " + condition);
      }
      if (System.nanoTime() > end) {
        throw failure("still waiting for " + condition);
      }
    }
  }

  /** Waits for its end. */
  public Result await() {
    if (!endsWithin(PATIENCE.toMillis())) {
      throw failure("did not end within " + PATIENCE);
    }
    return new Result(process.exitValue(), read(out), read(err));
  }

  /** Standard output so far. */
  public String output() {
    return read(out);
  }

  /** Standard error so far. */
  String errors() {
    return read(err);
  }

  /** The log beside its output, so far; empty while nothing was worth a line. */
  public String log() {
    String name = out.getFileName().toString();
    Path log = out.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".log");
    return Files.exists(log) ? read(log) : "";
  }

  /** SIGKILL: the process learns nothing of it. */
  public Result kill() {
    process.destroyForcibly();
    return await();
  }

  /** SIGINT, as Ctrl-C sends it. */
  public void interrupt() {
    signal("INT");
  }

  /** Sends the signal of that name. */
  public void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while `" + name + "` runs", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    endsWithin(PATIENCE.toMillis());
  }

  /** Waits for its end, but no longer than this. */
  public boolean endsWithin(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while `" + name + "` runs", e);
    }
  }

  private IllegalStateException failure(String what) {
    return new IllegalStateException(
        "`" + name + "` " + what + "\nstdout:\n" + read(out) + "\nstderr:\n" + read(err));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
