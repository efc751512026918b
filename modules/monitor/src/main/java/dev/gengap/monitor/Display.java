package dev.gengap.monitor;

import java.io.PrintStream;

/** Shows a view as it grows. Confined to one thread, which closes it. */
public interface Display extends AutoCloseable {
  /** Shows {@code view} now or, when that would be too often, at a later call. */
  void show(ExperimentView view);

  /** Shows the newest view and leaves the terminal as it was found. */
  @Override
  void close();

  /** The display that suits where {@code out} goes: redrawn in place, or plain lines. */
  static Display of(Terminal terminal, PrintStream out) {
    return terminal.live()
        ? new LiveDisplay(terminal::size, out, System::nanoTime)
        : new PlainDisplay(out, System::nanoTime);
  }
}
