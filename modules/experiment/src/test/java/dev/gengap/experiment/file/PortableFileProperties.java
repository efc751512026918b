package dev.gengap.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.experiment.Environment;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.TestEnvironment;
import dev.gengap.experiment.TestExperiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PortableFileProperties {
  /** Keys, axes, overrides and groups, in one order of many. */
  private static final List<String> LINES =
      List.of(
          "name = shuffled",
          "data { set = mnist, train = 100 }",
          "grid.condition.kind = [random-labels, partial-labels]",
          "grid { seed = [2, 1], condition.p = [0.25, 5e-1] }",
          "grid { training { learning-rate = [1.0, 0.10], momentum = [0, 0.9] } }",
          "grid.network = [mlp-2x8, mlp-1x8]",
          "overrides = ${?overrides} [{ when { seed = 2 }, set { preprocessing.crop = 20 } }]",
          "overrides = ${?overrides} [{ when { network = mlp-1x8 }, set { initialiser = he-normal } }]",
          "measures { z { use = [margin] } }",
          "measures.a { use = [error, margin], at = [end] }",
          "snapshots { every = 5 steps, at = [start, \"train-loss <= 0.10\", end] }",
          "devices { slots { mlp-1x8 = 2, \"other.conf\" = 1, default = 3 } }");

  private final Environment environment = TestEnvironment.create();

  @Provide
  Arbitrary<List<String>> files() {
    return Arbitraries.shuffle(LINES).flatMap(PortableFileProperties::front);
  }

  /** The first so many of {@code lines}. */
  private static Arbitrary<List<String>> front(List<String> lines) {
    return Arbitraries.integers()
        .between(0, lines.size())
        .map(count -> List.copyOf(lines.subList(0, count)));
  }

  @Property(tries = 100)
  void portable_anyOrderOfLines_isTheSameExperiment(@ForAll("files") List<String> lines)
      throws IOException {
    String text = "name = x\n" + String.join("\n", lines);
    Path file = Files.createTempFile("gengap-", ".conf");
    try {
      Files.writeString(file, text);
      Experiment parsed =
          ExperimentFile.parse(ExperimentFile.portable(file, environment), "portable", environment);

      assertThat(shape(parsed)).isEqualTo(shape(TestExperiments.of(text)));
    } finally {
      Files.delete(file);
    }
  }

  /** All that a text decides, in its order. */
  private static List<Object> shape(Experiment experiment) {
    List<Object> shape = new ArrayList<>();
    shape.add(experiment.name());
    experiment
        .runs()
        .forEach(
            run -> {
              shape.add(run.id());
              shape.add(List.copyOf(run.cell().entrySet()));
              shape.add(run.config().snapshots());
            });
    shape.addAll(experiment.measures());
    shape.add(experiment.keep());
    shape.add(experiment.feed());
    shape.add(experiment.devices());
    return shape;
  }
}
