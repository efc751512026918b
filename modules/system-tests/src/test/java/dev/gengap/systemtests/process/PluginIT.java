package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.measures.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures from jars, by the commands that know them. */
class PluginIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void measures_withPlugins_listsThem() throws IOException {
    new PluginJar().measure("Mine", "mine", "return null;").writeTo(folder, "mine.jar");

    Result listed = new Gengap(folder).run("measures", "--plugins", ".", "--json");

    assertThat(listed.err()).isEmpty();
    assertThat(listed.code()).isZero();
    JsonNode measures = JSON.readTree(listed.out()).get("measures");
    JsonNode mine = measures.get(measures.size() - 1);
    assertThat(mine.get("key").asText()).isEqualTo("mine");
    assertThat(mine.get("family").asText()).isEqualTo("plugins");
    assertThat(mine.get("paper").asText()).isEqualTo("a test");
    assertThat(mine.get("cost").asText()).isEqualTo("weights");
  }

  @Test
  void measure_withAPluginThatHangs_endsWithTheOthers() throws IOException {
    Path golden = GoldenFiles.measures("mlp-1x16");
    new PluginJar()
        .measure("Hanging", "hanging", "while (true) { Thread.onSpinWait(); }")
        .writeTo(folder, "mine.jar");

    Result measured =
        new Gengap(folder)
            .run(
                "measure",
                "--network",
                golden.resolve("network.json").toString(),
                "--weights",
                golden.resolve("weights.safetensors").toString(),
                "--use",
                "plugins,frobenius",
                "--plugins",
                ".",
                "--set",
                "plugin_seconds=2",
                "--json");

    assertThat(measured.code()).isEqualTo(1);
    JsonNode measurements = JSON.readTree(measured.out()).get("measurements");
    assertThat(measurements.get("hanging").get("failure").asText())
        .isEqualTo("no value within 2.0 s, plugin_seconds");
    assertThat(measurements.get("ln_frobenius_product").get("value").isNumber()).isTrue();
  }

  @Test
  void plan_ofAFileThatNamesAPlugin_knowsItWithThePlugins() throws IOException {
    Files.createDirectory(folder.resolve("plugins"));
    new PluginJar()
        .measure("Mine", "mine", "return null;")
        .writeTo(folder.resolve("plugins"), "a.jar");
    String file =
        ExperimentText.TINY.with("use = [error]", "use = [mine]").in(folder.resolve("tiny.conf"));

    assertThat(new Gengap(folder).run("plan", file).err()).contains("errors.use: mine (expected:");
    assertThat(new Gengap(folder).run("plan", file, "--plugins", "plugins").code()).isZero();
  }

  @Test
  void plugins_thatCannotBeUsed_areALineEach() throws IOException {
    Files.writeString(folder.resolve("torn.jar"), "torn");
    new PluginJar().measure("Mine", "path1_sum", "return null;").writeTo(folder, "mine.jar");

    Result listed = new Gengap(folder).run("measures", "--plugins", ".");

    assertThat(listed.code()).isEqualTo(2);
    assertThat(listed.errorLines()).hasSize(2);
    assertThat(listed.err())
        .contains("torn.jar: jar: ", "path1_sum (expected: one that no built-in measure has)");
  }
}
