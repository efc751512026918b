package dev.gengap.core;

/**
 * One thing wrong with what the user gave, in the one grammar of all Gengap's messages: {@code
 * place: name: value (expected: …); remedy}.
 *
 * @param place the file, with its line where known, or the option; may be empty
 * @param name the key or quantity at fault
 * @param value what was found
 * @param expected what would have been right
 * @param remedy what to do about it; may be empty
 */
public record Problem(String place, String name, String value, String expected, String remedy) {

  /** A problem whose remedy is plain from what was expected. */
  public static Problem of(String place, String name, Object value, String expected) {
    return new Problem(place, name, String.valueOf(value), expected, "");
  }

  /** The same problem with advice. */
  public Problem withRemedy(String advice) {
    return new Problem(place, name, value, expected, advice);
  }

  @Override
  public String toString() {
    return (place.isEmpty() ? "" : place + ": ")
        + name
        + ": "
        + value
        + " (expected: "
        + expected
        + ")"
        + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
