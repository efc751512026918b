package dev.gengap.monitor.report;

import dev.gengap.monitor.report.Series.Form;
import dev.gengap.monitor.report.Series.Point;
import java.util.List;

/**
 * A line chart as SVG within a figure. Immutable.
 *
 * @param title above it
 * @param note beside the title, smaller; may be empty
 * @param size of the drawing
 */
record Chart(String title, String note, Size size, Axis x, Axis y, List<Series> series) {
  private static final int LEFT = 62;
  private static final int RIGHT = 14;
  private static final int TOP = 8;
  private static final int BOTTOM = 40;
  private static final int LETTER = 4;

  /** Width and height of a drawing in user units, its margins included. */
  record Size(int width, int height) {
    static final Size LARGE = new Size(640, 380);
    static final Size SMALL = new Size(400, 250);

    private double x(double position) {
      return LEFT + position * (width - LEFT - RIGHT);
    }

    private double y(double position) {
      return height - BOTTOM - position * (height - TOP - BOTTOM);
    }
  }

  Chart {
    series = List.copyOf(series);
  }

  /** The figure. */
  String html() {
    StringBuilder html = new StringBuilder("<figure>\n<figcaption>");
    html.append("<b>").append(Markup.escape(title)).append("</b>");
    if (!note.isEmpty()) {
      html.append(" <small>").append(Markup.escape(note)).append("</small>");
    }
    html.append("</figcaption>\n<svg role=\"img\" viewBox=\"0 0 ")
        .append(size.width() + " " + size.height())
        .append("\" aria-label=\"")
        .append(Markup.escape(title))
        .append("\">\n");
    appendAxes(html);
    series.forEach(line -> appendLine(html, line));
    return html.append("</svg>\n</figure>\n").toString();
  }

  private void appendAxes(StringBuilder html) {
    StringBuilder grid = new StringBuilder();
    StringBuilder labels = new StringBuilder();
    for (Tick tick : x.scale().ticks()) {
      double at = size.x(tick.position());
      grid.append("M" + pair(at, size.y(0)) + "V" + TOP);
      appendText(labels, "x", at, size.y(0) + 4 * LETTER, tick.label());
    }
    for (Tick tick : y.scale().ticks()) {
      double at = size.y(tick.position());
      grid.append("M" + pair(LEFT, at) + "H" + (size.width() - RIGHT));
      appendText(labels, "y", LEFT - 2 * LETTER, at + LETTER, tick.label());
    }
    html.append("<path class=\"grid\" d=\"").append(grid).append("\"/>\n");
    html.append("<path class=\"axes\" d=\"M" + LEFT + " " + TOP)
        .append("V" + (size.height() - BOTTOM) + "H" + (size.width() - RIGHT) + "\"/>\n");
    html.append(labels);
    appendText(html, "x", size.x(0.5), size.height() - LETTER, x.label());
    double middle = size.y(0.5);
    html.append("<text class=\"x\" transform=\"translate(" + 3 * LETTER + " ")
        .append(Markup.coordinate(middle) + ") rotate(-90)\">")
        .append(Markup.escape(y.label()) + "</text>\n");
  }

  private static void appendText(StringBuilder html, String kind, double x, double y, String text) {
    html.append("<text class=\"" + kind + "\" x=\"" + Markup.coordinate(x))
        .append("\" y=\"" + Markup.coordinate(y) + "\">" + Markup.escape(text) + "</text>\n");
  }

  private void appendLine(StringBuilder html, Series line) {
    StringBuilder path = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    boolean broken = true;
    for (int i = 0; i < line.points().size(); i++) {
      if (!shows(line, i)) {
        broken = true;
        continue;
      }
      Point point = line.points().get(i);
      String place =
          pair(size.x(x.scale().position(point.x())), size.y(y.scale().position(point.y())));
      path.append(broken ? "M" : "L").append(place);
      if (line.form() == Form.DOTTED || (broken && !shows(line, i + 1))) {
        dots.append("M").append(place).append("h0");
      }
      broken = false;
    }
    if (path.isEmpty()) {
      return;
    }
    html.append("<g class=\"line " + line.classes() + "\"><title>")
        .append(Markup.escape(line.title()) + "</title><path ")
        .append(line.form() == Form.DASHED ? "class=\"dashed\" " : "")
        .append("d=\"" + path + "\"/>");
    if (!dots.isEmpty()) {
      html.append("<path class=\"dots\" d=\"" + dots + "\"/>");
    }
    html.append("</g>\n");
  }

  private boolean shows(Series line, int i) {
    if (i >= line.points().size()) {
      return false;
    }
    Point point = line.points().get(i);
    return x.scale().shows(point.x()) && y.scale().shows(point.y());
  }

  private static String pair(double x, double y) {
    return Markup.coordinate(x) + " " + Markup.coordinate(y);
  }
}
