package dev.gengap.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.cli.console.Console;
import dev.gengap.monitor.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = new Console(stream(out), stream(err), new Terminal(false));

  @TempDir private Path folder;

  @Test
  void data_withoutFiles_listsEverySet() {
    assertThat(execute("--data", folder.toString())).isZero();

    assertThat(text(out).lines().map(line -> line.split(" ", 2)[0]))
        .containsExactly("name", "generated", "mnist", "fashion-mnist", "cifar-10");
  }

  @Test
  void data_asJson_isOneDocument() throws IOException {
    assertThat(execute("--data", folder.toString(), "--json")).isZero();

    JsonNode sets = new ObjectMapper().readTree(text(out));
    assertThat(sets.findValuesAsText("name"))
        .containsExactly("generated", "mnist", "fashion-mnist", "cifar-10");
    assertThat(sets.get(0).get("available").asBoolean()).isTrue();
    assertThat(sets.get(3).get("shape").get("channels").asInt()).isEqualTo(3);
  }

  @Test
  void fetchLines_ofTwoFiles_nameBoth() {
    try (FetchLines lines = new FetchLines(console)) {
      lines.at("images.gz", 0, 1_000_000);
      lines.at("images.gz", 1_000_000, 1_000_000);
      lines.at("labels.gz", 500_000, 1_000_000);
    }

    assertThat(text(err).lines())
        .containsExactly(
            "images.gz  0.0 MB of 1.0 MB",
            "images.gz  1.0 MB of 1.0 MB",
            "labels.gz  0.5 MB of 1.0 MB");
  }

  private int execute(String... args) {
    return DataCommand.create(console).execute(args);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
