package dev.gengap.data.source;

import java.util.Arrays;

/**
 * Draws strokes of a given width with anti-aliased edges: a pixel's coverage falls from 1 to 0
 * linearly over the one pixel about the stroke's edge. Confined to its thread.
 */
final class StrokeCanvas {
  private final int side;
  private final double[] coverage;

  StrokeCanvas(int side) {
    this.side = side;
    this.coverage = new double[side * side];
  }

  void clear() {
    Arrays.fill(coverage, 0);
  }

  /** How much of pixel {@code index} (row-major) is inked, in [0, 1]. */
  double coverage(int index) {
    return coverage[index];
  }

  /** Draws the segment from (x0, y0) to (x1, y1) in pixels; a pixel's centre is at its index. */
  void segment(double x0, double y0, double x1, double y1, double halfWidth) {
    double reach = halfWidth + 0.5;
    int left = clamp(Math.ceil(Math.min(x0, x1) - reach));
    int right = clamp(Math.floor(Math.max(x0, x1) + reach));
    int top = clamp(Math.ceil(Math.min(y0, y1) - reach));
    int bottom = clamp(Math.floor(Math.max(y0, y1) + reach));
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length2 = dx * dx + dy * dy;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double along = length2 == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length2;
        double t = Math.min(1, Math.max(0, along));
        double ex = x - x0 - t * dx;
        double ey = y - y0 - t * dy;
        double covered = Math.min(1, reach - Math.sqrt(ex * ex + ey * ey));
        int at = y * side + x;
        coverage[at] = Math.max(coverage[at], covered);
      }
    }
  }

  private int clamp(double position) {
    return (int) Math.min(side - 1, Math.max(0, position));
  }
}
