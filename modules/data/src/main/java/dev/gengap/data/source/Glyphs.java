package dev.gengap.data.source;

/**
 * The ten digits as strokes in the unit square, x to the right and y downward. A stroke is a
 * polyline x0, y0, x1, y1, …
 */
final class Glyphs {
  private static final int SEGMENTS_PER_TURN = 20;

  private static final double[][][] DIGITS = {
    {arc(0.5, 0.5, 0.32, 0.5, 0, 360)},
    {{0.32, 0.2, 0.52, 0.0, 0.52, 1.0}},
    {join(arc(0.5, 0.28, 0.3, 0.28, -170, 40), 0.2, 1.0, 0.82, 1.0)},
    {arc(0.45, 0.25, 0.29, 0.25, -150, 90), arc(0.45, 0.75, 0.33, 0.25, -90, 150)},
    {{0.6, 0.0, 0.14, 0.67, 0.88, 0.67}, {0.64, 0.32, 0.64, 1.0}},
    {{0.78, 0.0, 0.3, 0.0, 0.26, 0.46}, arc(0.48, 0.68, 0.32, 0.32, -135, 140)},
    {arc(0.76, 0.68, 0.55, 0.68, -95, -180), arc(0.5, 0.7, 0.29, 0.3, 0, 360)},
    {{0.18, 0.0, 0.8, 0.0, 0.42, 1.0}},
    {arc(0.5, 0.25, 0.25, 0.25, 0, 360), arc(0.5, 0.75, 0.31, 0.25, 0, 360)},
    {arc(0.5, 0.3, 0.28, 0.3, 0, 360), {0.78, 0.3, 0.68, 1.0}},
  };

  private Glyphs() {}

  static int count() {
    return DIGITS.length;
  }

  /** The strokes of {@code digit}; shared, not to be written to. */
  static double[][] strokes(int digit) {
    return DIGITS[digit];
  }

  /** An arc of the ellipse about (cx, cy), between two angles in degrees; −90 is the top. */
  private static double[] arc(double cx, double cy, double rx, double ry, int from, int to) {
    int segments = Math.max(1, Math.abs(to - from) * SEGMENTS_PER_TURN / 360);
    double[] points = new double[2 * (segments + 1)];
    for (int i = 0; i <= segments; i++) {
      double angle = StrictMath.toRadians(from + (to - from) * (double) i / segments);
      points[2 * i] = cx + rx * StrictMath.cos(angle);
      points[2 * i + 1] = cy + ry * StrictMath.sin(angle);
    }
    return points;
  }

  private static double[] join(double[] start, double... rest) {
    double[] points = new double[start.length + rest.length];
    System.arraycopy(start, 0, points, 0, start.length);
    System.arraycopy(rest, 0, points, start.length, rest.length);
    return points;
  }
}
