package dev.gengap.systemtests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineVerbsIT {
  private static final Path GOLDEN =
      Path.of("../measures/src/test/resources/golden/mlp-1x16").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--version", "--help", "data"})
  void offlineVerb_loadsNeitherKafkaNorAkka(String verb) throws Exception {
    assertLoadsNeitherKafkaNorAkka(verb);
  }

  @Test
  void measure_loadsNeitherKafkaNorAkka() throws Exception {
    assertLoadsNeitherKafkaNorAkka(
        "measure",
        "--network",
        GOLDEN.resolve("network.json").toString(),
        "--weights",
        GOLDEN.resolve("weights.safetensors").toString(),
        "--init",
        GOLDEN.resolve("init.safetensors").toString(),
        "--data",
        GOLDEN.resolve("data.safetensors").toString());
  }

  @Test
  void train_loadsNeitherKafkaNorAkka() throws Exception {
    assertLoadsNeitherKafkaNorAkka(
        "train",
        "--network",
        GOLDEN.resolve("network.json").toString(),
        "--init",
        GOLDEN.resolve("init.safetensors").toString(),
        "--data",
        GOLDEN.resolve("data.safetensors").toString(),
        "--batch-size",
        "10",
        "--steps",
        "2",
        "--out",
        folder.resolve("trained.safetensors").toString());
  }

  private void assertLoadsNeitherKafkaNorAkka(String... command) throws Exception {
    Path loaded = folder.resolve("classes.log");

    int code = java("-Xlog:class+load:file=" + loaded, command);

    assertThat(code).isZero();
    assertThat(classes(loaded))
        .contains("dev.gengap.cli.Main")
        .noneMatch(name -> name.startsWith("org.apache.kafka.") || name.startsWith("akka."));
  }

  private static int java(String log, String... arguments) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(List.of(java.toString(), log, "-cp", classPath, Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** The classes in lines such as {@code [0.4s][info][class,load] a.B source: jar}. */
  private static List<String> classes(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.map(line -> line.replaceFirst(".*\\] ", "").replaceFirst(" .*", "")).toList();
    }
  }
}
