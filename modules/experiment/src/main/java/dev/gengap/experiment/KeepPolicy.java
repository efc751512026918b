package dev.gengap.experiment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which snapshots stay in the run folder as files.
 *
 * @param newest the newest so many; {@link Integer#MAX_VALUE} for all, 0 for none
 */
public record KeepPolicy(int newest) {
  /** Every snapshot. */
  public static final KeepPolicy ALL = new KeepPolicy(Integer.MAX_VALUE);

  /** No snapshot. */
  public static final KeepPolicy NONE = new KeepPolicy(0);

  /** What {@link #parse} understands, for messages. */
  public static final String FORMS = "all, none or last n with n ≥ 1";

  private static final Pattern LAST = Pattern.compile("last\\s+([1-9][0-9]{0,8})");

  /** The policy written as {@code text}; empty if it is none of {@link #FORMS}. */
  public static Optional<KeepPolicy> parse(String text) {
    if (text.equals("all")) {
      return Optional.of(ALL);
    }
    if (text.equals("none")) {
      return Optional.of(NONE);
    }
    Matcher last = LAST.matcher(text);
    return last.matches()
        ? Optional.of(new KeepPolicy(Integer.parseInt(last.group(1))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return equals(ALL) ? "all" : equals(NONE) ? "none" : "last " + newest;
  }
}
