package dev.gengap.monitor.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A line of a chart.
 *
 * @param classes CSS classes that give it its colour and tie it to its run
 * @param title what a reader who points at it is told
 * @param form how it is drawn
 * @param points from left to right; the line breaks at those that an axis does not show
 */
record Series(String classes, String title, Form form, List<Point> points) {
  /** How a line is drawn. */
  enum Form {
    SOLID,
    DASHED,
    /** Solid, with a dot at each point. */
    DOTTED
  }

  /** A pair of values, either of which may not be finite. */
  record Point(double x, double y) {}

  Series {
    points = List.copyOf(points);
  }

  /** The ordinates of all {@code series}. */
  static double[] ordinates(List<Series> series) {
    return series.stream()
        .flatMapToDouble(line -> line.points().stream().mapToDouble(Point::y))
        .toArray();
  }

  /** The largest finite abscissa of all {@code series}, or 0. */
  static double end(List<Series> series) {
    DoubleStream abscissas =
        series.stream().flatMapToDouble(line -> line.points().stream().mapToDouble(Point::x));
    return Arrays.stream(abscissas.toArray()).filter(Double::isFinite).max().orElse(0);
  }
}
