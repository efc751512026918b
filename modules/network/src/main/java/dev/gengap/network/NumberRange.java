package dev.gengap.network;

/** The finite numbers that an option of a layer may be. */
enum NumberRange {
  POSITIVE("a number > 0"),
  NON_NEGATIVE("a number ≥ 0"),
  UNIT("a number in 0 … 1"),
  BELOW_ONE("a number, at least 0 and below 1");

  private final String words;

  NumberRange(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  boolean contains(double number) {
    return Double.isFinite(number)
        && switch (this) {
          case POSITIVE -> number > 0;
          case NON_NEGATIVE -> number >= 0;
          case UNIT -> number >= 0 && number <= 1;
          case BELOW_ONE -> number >= 0 && number < 1;
        };
  }
}
