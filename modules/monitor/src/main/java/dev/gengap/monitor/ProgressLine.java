package dev.gengap.monitor;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The progress of one transfer: a bar redrawn in place on a terminal, a line every tenth elsewhere.
 * Confined to one thread, which closes it.
 */
public final class ProgressLine implements AutoCloseable {
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int BAR = 30;

  private final String name;
  private final boolean live;
  private final PrintStream out;
  private final LongSupplier nanoTime;

  private long drawnAt;
  private int tenth = -1;
  private boolean open;

  /**
   * A line that has not been drawn yet.
   *
   * @param name what is transferred
   * @param live whether {@code out} is a terminal
   * @param out where to draw; stays open
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public ProgressLine(String name, boolean live, PrintStream out, LongSupplier nanoTime) {
    this.name = Format.plain(name);
    this.live = live;
    this.out = out;
    this.nanoTime = nanoTime;
    this.drawnAt = nanoTime.getAsLong() - REDRAW_NANOS;
  }

  /**
   * Shows that {@code done} of {@code total} bytes have come.
   *
   * @param total bytes expected; 0 or less where unknown
   */
  public void update(long done, long total) {
    boolean last = total > 0 && done >= total;
    if (live) {
      drawInPlace(done, total, last);
    } else if (total > 0 && 10 * done / total > tenth) {
      tenth = (int) (10 * done / total);
      out.println(text(done, total));
    }
  }

  /** Ends the line. */
  @Override
  public void close() {
    if (open) {
      out.println();
      open = false;
    }
    out.flush();
  }

  private void drawInPlace(long done, long total, boolean last) {
    long now = nanoTime.getAsLong();
    if (!last && now - drawnAt < REDRAW_NANOS) {
      return;
    }
    String bar = total > 0 ? Format.bar((double) done / total, BAR) + " " : "";
    out.print("\r" + bar + text(done, total) + "\033[K");
    out.flush();
    drawnAt = now;
    open = true;
  }

  private String text(long done, long total) {
    return total > 0
        ? String.format(Locale.ROOT, "%s  %s of %s", name, megabytes(done), megabytes(total))
        : String.format(Locale.ROOT, "%s  %s", name, megabytes(done));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
