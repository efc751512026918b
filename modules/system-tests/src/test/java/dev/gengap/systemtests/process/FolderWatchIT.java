package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of weights that another program writes while Gengap watches. */
class FolderWatchIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path GOLDEN = GoldenFiles.measures("mlp-1x16");

  @TempDir private Path folder;

  private Path watched;

  @BeforeEach
  void folderToWatch() throws IOException {
    watched = Files.createDirectory(folder.resolve("checkpoints"));
  }

  @Test
  void files_asTheyAppear_areMeasuredOnceEach() throws IOException {
    Gengap gengap = new Gengap(folder);
    byte[] weights = Files.readAllBytes(GOLDEN.resolve("weights.safetensors"));
    String[] command =
        command("--use", "distance_from_init,train_error", "--data", file("data.safetensors"));
    try (RunningCommand running = gengap.start(with(command, "--until", "20"))) {
      move(Files.readAllBytes(GOLDEN.resolve("init.safetensors")), "model-step3.safetensors");
      running.awaitUntil("the first is measured", () -> lines(running.output()).size() == 1);
      Path half = watched.resolve("model-step20.safetensors");
      Files.write(half, Arrays.copyOf(weights, weights.length / 2));
      Files.writeString(watched.resolve("notes.txt"), "no weights");
      move(weights, "model-step7.safetensors");
      running.awaitUntil("the third is measured", () -> lines(running.output()).size() == 2);
      Files.write(half, weights);

      Result result = running.await();

      assertThat(result.code()).isZero();
      assertThat(result.errorLines())
          .allMatch(line -> line.startsWith("gengap: not measured: ") && line.contains("step20"));
      List<String> lines = lines(result.out());
      assertThat(lines).hasSize(3);
      assertThat(number(lines.get(0), "step")).isEqualTo(3);
      assertThat(value(lines.get(0), "distance_from_init")).isZero();
      assertThat(number(lines.get(1), "step")).isEqualTo(7);
      assertThat(number(lines.get(2), "step")).isEqualTo(20);
      assertThat(number(lines.get(2), "initialStep")).isEqualTo(3);
      for (String key : List.of("distance_from_init", "train_error")) {
        assertThat(value(lines.get(2), key)).isCloseTo(expected(key), within(1e-6));
      }
    }
    String table = RunFolderFiles.text(watched.resolve("measurements.csv"));
    assertThat(table.lines()).hasSize(7);

    Result again = gengap.run(with(command, "--once"));

    assertThat(again.out()).isEmpty();
    assertThat(again.err()).isEmpty();
    assertThat(again.code()).isZero();
    assertThat(watched.resolve("measurements.csv")).hasContent(table);

    move(Files.readAllBytes(GOLDEN.resolve("init.safetensors")), "model-step20.safetensors");
    Result changed = gengap.run(with(command, "--once"));

    assertThat(lines(changed.out())).as("other weights under a known name").hasSize(1);
    assertThat(value(changed.out(), "distance_from_init")).isZero();
    assertThat(changed.code()).isZero();
  }

  @Test
  void files_ofAnotherNetworkOrWithoutAStep_areProblemsOfTheirOwn() throws IOException {
    Files.copy(GOLDEN.resolve("data.safetensors"), watched.resolve("data-1.safetensors"));
    Files.copy(GOLDEN.resolve("init.safetensors"), watched.resolve("last.safetensors"));
    Files.copy(GOLDEN.resolve("init.safetensors"), watched.resolve("2.safetensors"));

    Result result = new Gengap(folder).run(with(command("--use", "error,size"), "--once"));

    assertThat(result.code()).isEqualTo(1);
    assertThat(lines(result.out())).hasSize(1);
    assertThat(result.err())
        .contains("last.safetensors: step: none (expected: step in the metadata")
        .contains("data-1.safetensors: tensor ");
  }

  @Test
  void folder_thatIsNotThere_isALine() throws IOException {
    Files.delete(watched);

    Result result = new Gengap(folder).run(command());

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errorLines()).hasSize(1);
  }

  private String[] command(String... options) {
    return with(
        new String[] {"measure", "--network", file("network.json"), "--watch", watched.toString()},
        options);
  }

  private static String[] with(String[] command, String... options) {
    String[] all = Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    return all;
  }

  private void move(byte[] bytes, String name) throws IOException {
    Path part = Files.write(folder.resolve("part"), bytes);
    Files.move(part, watched.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String file(String name) {
    return GOLDEN.resolve(name).toString();
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  private static long number(String line, String field) throws IOException {
    return JSON.readTree(line).get(field).asLong();
  }

  private static double value(String line, String key) throws IOException {
    JsonNode value = JSON.readTree(line).get("measurements").get(key).get("value");
    return value.asDouble();
  }

  private static double expected(String key) throws IOException {
    return JSON.readTree(GOLDEN.resolve("expected.json").toFile()).get(key).asDouble();
  }
}
