package dev.gengap.cli.data;

import dev.gengap.cli.console.Console;
import dev.gengap.data.fetch.FetchProgress;
import dev.gengap.monitor.ProgressLine;

/** A line of progress for each file of a download. Confined to the downloading thread. */
final class FetchLines implements FetchProgress, AutoCloseable {
  private final Console console;
  private String file = "";
  private ProgressLine line;

  FetchLines(Console console) {
    this.console = console;
    this.line = progress(file);
  }

  @Override
  public void at(String next, long received, long total) {
    if (!next.equals(file)) {
      line.close();
      file = next;
      line = progress(next);
    }
    line.update(received, total);
  }

  @Override
  public void close() {
    line.close();
  }

  private ProgressLine progress(String name) {
    return new ProgressLine(name, console.terminal().live(), console.err(), System::nanoTime);
  }
}
