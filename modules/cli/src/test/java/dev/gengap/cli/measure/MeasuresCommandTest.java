package dev.gengap.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.cli.console.Console;
import dev.gengap.measures.Catalogue;
import dev.gengap.measures.api.Measure;
import dev.gengap.monitor.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MeasuresCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Console console = new Console(stream(), stream(), new Terminal(false));

  @Test
  void documentation_isWhatTheDescriptionsSay() throws IOException {
    assertThat(Files.readString(Path.of("../../docs/measures.md")))
        .as("bin/gengap measures --markdown > docs/measures.md")
        .isEqualTo(run("--markdown"));
  }

  @Test
  void json_hasEveryMeasureAndSetting() throws IOException {
    JsonNode all = new ObjectMapper().readTree(run("--json"));

    assertThat(all.get("measures")).hasSameSizeAs(Catalogue.builtIn().all());
    assertThat(all.get("measures"))
        .allSatisfy(
            measure -> {
              assertThat(measure.get("formula").asText()).isNotEmpty();
              assertThat(measure.get("paper").asText()).isNotEmpty();
              assertThat(measure.get("cost").asText()).isNotEmpty();
              assertThat(measure.get("family").asText()).isNotEmpty();
            });
    JsonNode capacity = find(all.get("measures"), "ln_path2_over_margin");
    assertThat(capacity.get("needs").toString()).contains("positive_margin");
    assertThat(capacity.get("settings").toString()).contains("margin_percentile");
    assertThat(find(all.get("settings"), "sigma").get("standard").asDouble()).isEqualTo(0.05);
  }

  @Test
  void text_hasEveryMeasure() throws IOException {
    String text = run();

    for (Measure measure : Catalogue.builtIn().all()) {
      assertThat(text)
          .contains("  " + measure.describe().key() + "\n    " + measure.describe().formula());
    }
    assertThat(text).contains("margin_percentile = 5 (a setting)");
  }

  private static JsonNode find(JsonNode list, String key) {
    for (JsonNode item : list) {
      if (item.get("key").asText().equals(key)) {
        return item;
      }
    }
    throw new AssertionError("no " + key);
  }

  private String run(String... args) {
    assertThat(new CommandLine(new MeasuresCommand(console)).execute(args)).isZero();
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private PrintStream stream() {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
