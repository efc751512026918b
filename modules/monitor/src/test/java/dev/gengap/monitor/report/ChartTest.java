package dev.gengap.monitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.monitor.report.Chart.Size;
import dev.gengap.monitor.report.Series.Form;
import dev.gengap.monitor.report.Series.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {
  /** Its plot is 100 wide and 50 high, from (62, 58) at the lower left. */
  private static final Size SIZE = new Size(176, 98);

  private static final Point LOW = new Point(0, 0);
  private static final Point MIDDLE = new Point(5, 0.5);
  private static final Point HIGH = new Point(10, 1);

  @Test
  void html_line_goesThroughItsPoints() {
    assertThat(chart(Form.SOLID, LOW, MIDDLE, HIGH))
        .contains(
            "<g class=\"line c0 r0\"><title>a &lt; b</title>"
                + "<path d=\"M62 58L112 33L162 8\"/></g>");
  }

  @Test
  void html_dashedLine_saysSo() {
    assertThat(chart(Form.DASHED, LOW, HIGH))
        .contains("<path class=\"dashed\" d=\"M62 58L162 8\"/>");
  }

  @Test
  void html_dottedLine_hasADotAtEachPoint() {
    assertThat(chart(Form.DOTTED, LOW, HIGH))
        .contains("<path d=\"M62 58L162 8\"/><path class=\"dots\" d=\"M62 58h0M162 8h0\"/>");
  }

  @Test
  void html_pointThatIsNotFinite_breaksTheLine() {
    Point gap = new Point(5, Double.NaN);

    assertThat(chart(Form.SOLID, LOW, LOW, gap, HIGH, HIGH)).contains("M62 58L62 58M162 8L162 8");
  }

  @Test
  void html_pointByItself_isADot() {
    Point gap = new Point(5, Double.POSITIVE_INFINITY);

    assertThat(chart(Form.SOLID, LOW, gap, HIGH, HIGH))
        .contains("<path d=\"M62 58M162 8L162 8\"/><path class=\"dots\" d=\"M62 58h0\"/>");
  }

  @Test
  void html_noPoints_hasAxesOnly() {
    assertThat(chart(Form.SOLID))
        .contains("<path class=\"axes\" d=\"M62 8V58H162\"/>")
        .contains("<text class=\"x\" x=\"162\" y=\"74\">10</text>")
        .contains("<text class=\"y\" x=\"54\" y=\"12\">1</text>")
        .contains(">epochs</text>")
        .doesNotContain("class=\"line");
  }

  private static String chart(Form form, Point... points) {
    return new Chart(
            "chart",
            "",
            SIZE,
            new Axis("epochs", LinearScale.upTo(10)),
            new Axis("value", LinearScale.upTo(1)),
            List.of(new Series("c0 r0", "a < b", form, List.of(points))))
        .html();
  }
}
