package dev.gengap.network.layer;

import java.util.List;

/**
 * How far something reaches [pixels].
 *
 * @param height in 0 … {@value #LARGEST}
 * @param width in 0 … {@value #LARGEST}
 */
public record Extent(int height, int width) {
  /** Largest height and width. */
  public static final int LARGEST = 65_535;

  public Extent {
    Checks.require(height >= 0 && height <= LARGEST, "height", height, "0 … " + LARGEST);
    Checks.require(width >= 0 && width <= LARGEST, "width", width, "0 … " + LARGEST);
  }

  /** The same in both directions. */
  public static Extent square(int side) {
    return new Extent(side, side);
  }

  /** As written: {@code 5}, or {@code [5, 3]}. */
  Object written() {
    return height == width ? (Object) height : List.of(height, width);
  }

  void requirePositive(String name) {
    Checks.require(height >= 1 && width >= 1, name, this, "height and width ≥ 1");
  }
}
