package dev.gengap.monitor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where output goes: a terminal that understands ANSI sequences, or a file or pipe. Java cannot
 * tell the two apart, so the launcher does and sets {@value #PROPERTY}.
 *
 * @param live whether lines may be redrawn in place
 */
public record Terminal(boolean live) {
  /** System property the launcher sets to true when standard output is a terminal. */
  public static final String PROPERTY = "gengap.terminal";

  /** Columns and rows of a terminal. */
  public record Size(int width, int height) {
    /** What terminals had before they had sizes. */
    public static final Size DEFAULT = new Size(80, 24);

    /** A file has no edge, but lines are still to be read. */
    public static final Size OF_FILE = new Size(200, 24);

    private static final Pattern STTY = Pattern.compile("(\\d+) (\\d+)\\s*");

    /** The size in what {@code stty size} printed, or the default where it printed none. */
    static Size parse(String stty) {
      Matcher matcher = STTY.matcher(stty);
      if (!matcher.matches()) {
        return DEFAULT;
      }
      int height = Integer.parseInt(matcher.group(1));
      int width = Integer.parseInt(matcher.group(2));
      return width == 0 || height == 0 ? DEFAULT : new Size(width, height);
    }
  }

  /** The terminal of this process. */
  public static Terminal ofProcess() {
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return new Terminal(Boolean.getBoolean(PROPERTY) && !dumb);
  }

  /** The terminal's size now: it may change while a program runs. Starts a process. */
  public Size size() {
    if (!live) {
      return Size.OF_FILE;
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return Size.parse(
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // Without stty or a controlling terminal the size is unknown, and the default is always right
      // to draw in.
      return Size.DEFAULT;
    }
  }
}
