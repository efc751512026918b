package dev.gengap.core;

import java.util.regex.Pattern;

/**
 * The name of a run: the first 12 hexadecimal digits of the SHA-256 of everything that determines
 * its bits. Two runs with the same id compute the same thing.
 */
public record RunId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{12}");

  public RunId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("run id: " + value + " (expected: 12 hexadecimal digits)");
    }
  }

  /** The id of the run that {@code canonicalDescription} describes in full. */
  public static RunId of(String canonicalDescription) {
    return new RunId(Hashes.sha256(canonicalDescription).substring(0, 12));
  }

  @Override
  public String toString() {
    return value;
  }
}
