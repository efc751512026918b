package dev.gengap.network.layer;

/** Checks of what layers are made with. */
final class Checks {
  private Checks() {}

  static void require(boolean met, String name, Object value, String expected) {
    if (!met) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  static void requirePositive(String name, int value) {
    require(value >= 1, name, value, "≥ 1");
  }
}
