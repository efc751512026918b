package dev.gengap.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.TestExperiments;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ExperimentFileProperties {
  private static final List<String> LINES =
      List.of(
          "seed = 3",
          "data { set = mnist, train = 100 }",
          "condition { kind = partial-labels }",
          "condition.p = 0.5",
          "training { batch-size = 10 }",
          "training.stop { train-loss = 0.1, evaluate = full }",
          "preprocessing.crop = 20",
          "network = mlp-2x8");

  @Provide
  Arbitrary<List<String>> orders() {
    return Arbitraries.shuffle(LINES);
  }

  @Property(tries = 50)
  void id_linesInAnyOrder_isTheSame(@ForAll("orders") List<String> lines) {
    assertThat(TestExperiments.of(String.join("\n", lines)).runs().get(0).id())
        .isEqualTo(TestExperiments.of(String.join("\n", LINES)).runs().get(0).id());
  }

  @Property(tries = 50)
  void grid_size_isTheProductOfItsAxes(
      @ForAll @IntRange(min = 1, max = 5) int seeds,
      @ForAll @IntRange(min = 1, max = 5) int batches,
      @ForAll @IntRange(min = 1, max = 5) int networks) {
    Experiment experiment =
        TestExperiments.of(
            "grid { seed = "
                + values(seeds, "")
                + ", training.batch-size = "
                + values(batches, "")
                + ", network = "
                + values(networks, "mlp-1x")
                + " }");

    assertThat(experiment.runs()).hasSize(seeds * batches * networks);
    assertThat(experiment.runs().stream().map(RunPlan::cell)).doesNotHaveDuplicates();
  }

  private static String values(int count, String prefix) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> prefix + i)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
