package dev.gengap.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.experiment.BuiltInData;
import dev.gengap.experiment.BuiltInNetworks;
import dev.gengap.experiment.Environment;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PortableFileTest {
  private static final String SMALL =
      """
      let { width = 8 }
      input = [784], classes = 10
      layers = [
        {type = linear, out = ${let.width}}, {type = relu}, {type = linear, out = ${classes}}
      ]
      """;

  private final Environment environment = environment();

  @TempDir Path folder;

  static Stream<Path> shippedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(TestEnvironment.PROJECT.resolve("config"))) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(file -> !file.getParent().endsWith("presets"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shippedFiles")
  void portable_everyShippedFile_isTheSameExperiment(Path file) throws IOException {
    assertPortable(file);
  }

  @Test
  void portable_documentedExample_isTheSameExperiment() throws IOException {
    Path documentation = TestEnvironment.PROJECT.resolve("docs/experiment-file.md");

    assertPortable(write("doc.conf", Files.readString(documentation).split("```", -1)[1]));
  }

  @Test
  void portable_gridAxesInAnyOrder_keepTheirOrder() throws IOException {
    Path file =
        write(
            "order.conf",
            """
            grid {
              training { learning-rate = [1e-2, 5e-4], batch-size = [10, 20] }
              seed = [3, 1]
              condition = [{p = 0.50, kind = partial-labels}, {kind = none}]
              network = [mlp-1x8, { layers = [{type = flatten}, {type = linear, out = 10}] }]
            }
            overrides = [
              { when { seed = 1, network = mlp-1x8 }, set { training.stop.max-epochs = 7 } }
            ]
            devices { slots { mlp-1x8 = 2, inline = 3 }, use = [cpu] }
            measures { b { use = [margin] }, a { use = [error], at = [end] } }
            """);
    Experiment read = ExperimentFile.load(file, environment);

    Experiment parsed = parsed(file);

    assertThat(ids(parsed)).isEqualTo(ids(read)).hasSize(32);
    assertThat(RunPlan.axes(parsed.runs())).isEqualTo(RunPlan.axes(read.runs()));
    assertThat(parsed.runs().get(0).cell()).isEqualTo(read.runs().get(0).cell());
    assertThat(parsed.measures()).isEqualTo(read.measures());
    assertThat(parsed.devices()).isEqualTo(read.devices());
  }

  @Test
  void portable_includesAndSubstitutions_areResolved() throws IOException {
    write("common.conf", "training { batch-size = 20, learning-rate = 0.5 }");
    Path file =
        write(
            "whole.conf",
            """
            include "common.conf"
            training { momentum = ${training.learning-rate} }
            name = whole
            """);

    assertPortable(file);
    Files.delete(folder.resolve("common.conf"));
    assertThatThrownBy(() -> ExperimentFile.load(file, environment)).isInstanceOf(UserError.class);
  }

  @Test
  void portable_networkFiles_areInsideUnderTheirNames() throws IOException {
    Path nets = Files.createDirectory(folder.resolve("nets"));
    Files.writeString(nets.resolve("small.conf"), SMALL);
    Files.writeString(nets.resolve("twin.conf"), SMALL);
    Path file =
        write(
            "nets.conf",
            """
            data { set = generated }
            grid { network = [nets/small.conf, nets/twin.conf, mlp-1x8], seed = [1, 2] }
            overrides = [
              { when { network = nets/small.conf }, set { training.learning-rate = 0.1 } }
            ]
            devices { slots { "nets/small.conf" = 4, default = 1 } }
            """);
    assertPortable(file);
    String portable = ExperimentFile.portable(file, environment);
    Experiment before = ExperimentFile.load(file, environment);
    Files.delete(nets.resolve("small.conf"));
    Files.delete(nets.resolve("twin.conf"));

    Experiment parsed = ExperimentFile.parse(portable, "elsewhere", environment);

    assertThat(parsed.runs()).isEqualTo(before.runs());
    assertThat(parsed.runs().get(0).config().network().name()).isEqualTo("nets/small.conf");
    assertThat(parsed.slotsOf(parsed.runs().get(0), 1)).isEqualTo(4);
  }

  @Test
  void portable_twoNetworkFilesOfOneName_isRefused() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(folder.resolve("net.conf"), SMALL);
    Files.writeString(inner.resolve("net.conf"), SMALL.replace("width = 8", "width = 9"));
    Files.writeString(inner.resolve("part.conf"), "grid { network = [net.conf] }");
    Path file =
        write(
            "two.conf",
            """
            include "inner/part.conf"
            data { set = generated }
            grid { network = ${grid.network} [net.conf] }
            """);

    assertThatThrownBy(() -> ExperimentFile.portable(file, environment))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("network: net.conf (2 files) (expected: one of a name); rename one");
  }

  @Test
  void portable_fileWithoutName_getsTheFiles() throws IOException {
    Path file = write("unnamed.conf", "seed = 2");

    assertThat(parsed(file).name()).isEqualTo("unnamed");
  }

  @Test
  void portable_badFile_saysWhatIsWrong() throws IOException {
    Path file = write("bad.conf", "sed = 2");

    assertThatThrownBy(() -> ExperimentFile.portable(file, environment))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("bad.conf:1: sed: unknown key");
  }

  @Test
  void parse_badText_saysOriginAndLine() {
    assertThatThrownBy(() -> ExperimentFile.parse("name = x\nsed = 2", "topic t", environment))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("topic t: 2: sed: unknown key");
    assertThatThrownBy(() -> ExperimentFile.parse("name = x\n}", "topic t", environment))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("topic t: 2: syntax: ");
    assertThatThrownBy(
            () -> ExperimentFile.parse("name = x\ninclude \"a.conf\"", "topic t", environment))
        .isInstanceOf(UserError.class)
        .hasMessage("topic t: include: a.conf (expected: a text complete in itself)");
    assertThatThrownBy(() -> ExperimentFile.parse("seed = 1", "topic t", environment))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("topic t: name: none");
  }

  @Test
  void networks_ofTheFile_areNamedInTheGrid() throws IOException {
    Path file =
        write(
            "own.conf",
            """
            networks { tiny { layers = [{type = flatten}, {type = linear, out = 10}] } }
            grid { network = [tiny, mlp-1x8] }
            """);
    Experiment experiment = ExperimentFile.load(file, environment);

    assertThat(experiment.runs()).hasSize(2);
    assertThat(experiment.runs().get(0).label()).isEqualTo("tiny");
    assertPortable(file);
  }

  private void assertPortable(Path file) throws IOException {
    Experiment read = ExperimentFile.load(file, environment);
    String portable = ExperimentFile.portable(file, environment);
    Experiment parsed = ExperimentFile.parse(portable, "portable", environment);

    assertThat(parsed).usingRecursiveComparison().ignoringFields("text", "notes").isEqualTo(read);
    assertThat(ids(parsed)).isEqualTo(ids(read));
    assertThat(RunPlan.axes(parsed.runs())).isEqualTo(RunPlan.axes(read.runs()));
    assertThat(parsed.text()).isEqualTo(portable);
    Path again = Files.writeString(folder.resolve("again.json"), portable);
    assertThat(ExperimentFile.portable(again, environment)).isEqualTo(portable);
  }

  private Experiment parsed(Path file) {
    return ExperimentFile.parse(
        ExperimentFile.portable(file, environment), "portable", environment);
  }

  private static List<String> ids(Experiment experiment) {
    List<String> ids = new ArrayList<>();
    experiment.runs().forEach(run -> ids.add(run.id().value()));
    return ids;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** What is shipped, for the measures that the shipped files name. */
  private static Environment environment() {
    Environment measures = TestEnvironment.ofShippedFiles();
    return new Environment(
        measures.configFolder(),
        new BuiltInData(Optional.empty()),
        new BuiltInNetworks(),
        measures.measures(),
        List.of("nd4j", "aparapi"));
  }
}
