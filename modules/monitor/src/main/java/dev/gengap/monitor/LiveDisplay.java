package dev.gengap.monitor;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Redraws the lines of {@link LiveRenderer} in place, at most four times a second. */
public final class LiveDisplay implements Display {
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long RESIZE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";
  private static final String NO_WRAP = "\033[?7l";
  private static final String WRAP = "\033[?7h";
  private static final String CLEAR_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";

  private final Supplier<Terminal.Size> sizes;
  private final PrintStream out;
  private final LongSupplier nanoTime;

  private ExperimentView newest = ExperimentView.EMPTY;
  private Terminal.Size size;
  private long sizedAt;
  private long drawnAt;
  private int drawnLines;

  /**
   * A display that has not drawn yet.
   *
   * @param sizes the terminal's size now; asked every two seconds
   * @param out where to draw; stays open
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public LiveDisplay(Supplier<Terminal.Size> sizes, PrintStream out, LongSupplier nanoTime) {
    this.sizes = sizes;
    this.out = out;
    this.nanoTime = nanoTime;
  }

  @Override
  public void show(ExperimentView view) {
    newest = view;
    if (size == null || nanoTime.getAsLong() - drawnAt >= REDRAW_NANOS) {
      draw();
    }
  }

  @Override
  public void close() {
    if (size != null) {
      draw();
    }
  }

  private void draw() {
    long now = nanoTime.getAsLong();
    if (size == null || now - sizedAt >= RESIZE_NANOS) {
      size = sizes.get();
      sizedAt = now;
    }
    List<String> lines = LiveRenderer.lines(newest, size);
    // One write for a whole frame, so that no half of one is seen. The cursor is restored at the
    // end of each frame: a killed process then leaves the terminal as it was.
    StringBuilder frame = new StringBuilder(HIDE_CURSOR).append(NO_WRAP);
    if (drawnLines > 0) {
      frame.append("\033[").append(Math.min(drawnLines, size.height() - 1)).append('A');
    }
    frame.append('\r');
    lines.forEach(line -> frame.append(line).append(CLEAR_LINE).append('\n'));
    frame.append(CLEAR_BELOW).append(WRAP).append(SHOW_CURSOR);
    out.print(frame);
    out.flush();
    drawnLines = lines.size();
    drawnAt = now;
  }
}
