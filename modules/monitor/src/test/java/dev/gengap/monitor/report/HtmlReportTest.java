package dev.gengap.monitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.experiment.results.RunSummary.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class HtmlReportTest {
  private static final String TEXT =
      """
      # <script>alert(1)</script> & more
      name = study, grid { condition.kind = [none, random-labels] }
      measures { all { use = [norms] } }
      """;

  @TempDir Path folder;
  private TestRuns runs;

  @BeforeEach
  void prepare() throws IOException {
    runs = TestRuns.of(folder, TEXT);
  }

  @Test
  void render_endedAndRunning_hasARowForEach() throws Exception {
    runs.log(0, 1, 0.1);
    runs.end(0, Outcome.TRAIN_LOSS, "train-loss 0.0123 <= 0.1");
    runs.log(1, 2, 1.5);

    assertThat(rows(runs.html()))
        .containsExactly(
            id(0) + "|none|2.50|25|0.01230|1.0000|0.2500|+0.7500|train-loss",
            id(1) + "|random-labels|2|20|1.500|0.7500|0.5000|+0.2500|not finished");
  }

  @Test
  void render_noResults_saysSo() throws Exception {
    String html = runs.html();

    assertThat(html).contains("<p>2 runs, 0 finished</p>").doesNotContain("<h2>Measures</h2>");
    assertThat(rows(html)).contains(id(0) + "|none|-|-|-|-|-|-|not begun");
    assertThat(elements(html, "svg")).hasSize(2);
    assertThat(html).doesNotContain("class=\"line");
  }

  @Test
  void render_failedRun_givesTheReason() throws Exception {
    runs.log(0, 1, Double.NaN, Double.POSITIVE_INFINITY, 0);
    runs.end(0, Outcome.FAILED, "loss: NaN (expected: < inf)");
    String html = runs.html();

    assertThat(rows(html).get(0))
        .isEqualTo(
            id(0) + "|none|2.50|25|0|0.7500|0.5000|+0.2500|failed: loss: NaN (expected: < inf)");
    assertThat(html).contains("2 runs, 0 finished, 1 failed").contains("not drawn: 3 zero or not");
  }

  @Test
  void render_progress_drawsLossAndBothAccuracies() throws Exception {
    runs.log(0, 1, 0.1);
    runs.log(1, 2, 1);

    List<String> titles =
        elements(runs.html(), "g").stream()
            .map(line -> line.getElementsByTagName("title").item(0).getTextContent())
            .toList();
    String first = "none (" + id(0) + ")";
    String second = "random-labels (" + id(1) + ")";
    assertThat(titles)
        .containsExactly(
            first,
            second,
            first + ", training",
            first + ", test",
            second + ", training",
            second + ", test");
  }

  @Test
  void render_measures_drawsThoseOfNetworksInTheFilesOrder() throws Exception {
    runs.measure(0, 0, "ln_a", 0, "no <margin>");
    runs.measure(0, 1, "ln_a", 1, "");
    runs.measure(0, 2, "ln_b", 2, "");
    runs.measure(0, 0, "other", 1, "");
    runs.measure(0, 0, "never", 0, "no <margin>");
    runs.measureLayer(0, 1, "layer_c", 0, 1);
    String html = runs.html();

    assertThat(elements(html, "figcaption").stream().skip(2).map(Element::getTextContent))
        .containsExactly("ln_b", "ln_a 1 not applicable", "other");
    assertThat(html).contains("<li><b>never</b>: no &lt;margin&gt;</li>");
  }

  @Test
  void render_experimentFile_isEscaped() throws Exception {
    String html = runs.html();

    assertThat(elements(html, "pre").get(0).getTextContent()).isEqualTo(TEXT);
    assertThat(html).contains("<li>CPU &lt;1&gt;</li>").contains("<li>commit abc</li>");
  }

  @Test
  void render_anyResults_needsNothingElse() {
    runs.log(0, 1, 0.1);

    assertThat(runs.html()).doesNotContain("<script", "://", "url(", "src=", "@import", "<link");
  }

  @Test
  void render_otherLocale_isTheSame() {
    runs.log(0, 1.5, 0.25);
    String html = runs.html();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));

      assertThat(runs.html()).isEqualTo(html);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void render_manyRuns_hasThinLinesInTheColoursOfOneKey() throws Exception {
    TestRuns many =
        TestRuns.of(
            folder,
            """
            name = many, condition.kind = partial-labels
            grid {
              training.momentum = [0, 0.5, 0.9]
              condition.p = [0, 0.2, 0.4, 0.6, 0.8, 1]
              seed = [1, 2, 3]
            }
            """);
    many.log(53, 1, 0.1);
    String html = many.html();

    assertThat(rows(html)).hasSize(54);
    assertThat(html).contains("<body class=\"many\">").contains("class=\"line c5 r53\"");
    assertThat(legend(html)).hasSize(6).contains("condition.p = 0.2");
  }

  @Test
  void render_singleRun_goesByItsId() throws Exception {
    TestRuns single = TestRuns.of(folder, "name = single\n");
    String html = single.html();

    assertThat(legend(html)).containsExactly(single.run(0).run().value());
    assertThat(html).contains("<p>1 run, 0 finished</p>");
  }

  @Test
  void write_reportOfBefore_isReplaced() {
    HtmlReport.write(runs.experiment(), runs.folder());
    runs.log(0, 1, 0.1);
    HtmlReport.write(runs.experiment(), runs.folder());

    assertThat(runs.folder().path().resolve("report.html")).hasContent(runs.html());
    assertThat(runs.folder().path().resolve("report.html.partial")).doesNotExist();
  }

  private String id(int run) {
    return runs.run(run).run().value();
  }

  private static List<String> legend(String html) throws Exception {
    return elements(html, "ul").stream()
        .filter(list -> list.getAttribute("class").equals("legend"))
        .flatMap(list -> elements(list, "li").stream())
        .map(Element::getTextContent)
        .toList();
  }

  private static List<String> rows(String html) throws Exception {
    return elements(elements(html, "tbody").get(0), "tr").stream()
        .map(row -> String.join("|", texts(elements(row, "td"))))
        .toList();
  }

  private static List<String> texts(List<Element> elements) {
    return elements.stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(String html, String tag)
      throws ParserConfigurationException, SAXException, IOException {
    byte[] xml = html.getBytes(StandardCharsets.UTF_8);
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml));
    return elements(page.getDocumentElement(), tag);
  }

  private static List<Element> elements(Element parent, String tag) {
    NodeList found = parent.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
