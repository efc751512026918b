package dev.gengap.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.compute.UpdateRule;
import dev.gengap.data.ConditionKind;
import dev.gengap.experiment.Environment;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.RunConfig;
import dev.gengap.experiment.TestEnvironment;
import dev.gengap.experiment.TestExperiments;
import dev.gengap.training.Hyperparameters;
import dev.gengap.training.LearningRate;
import dev.gengap.training.StopRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ShippedFilesTest {
  private final Environment environment = TestEnvironment.ofShippedFiles();

  @Test
  void quickstart_isTrueAndRandomLabels() {
    Experiment experiment = load("quickstart.conf");

    assertThat(experiment.runs().stream().map(run -> run.config().condition().kind()))
        .containsExactly(ConditionKind.NONE, ConditionKind.RANDOM_LABELS);
    assertThat(experiment.notes()).isEmpty();
  }

  @Test
  void zhangMlpCifar10_isTheSixConditions() {
    Experiment experiment = load("experiments/zhang-mlp-cifar10.conf");

    assertThat(experiment.runs().stream().map(run -> run.config().condition().kind()))
        .containsExactly(
            ConditionKind.NONE,
            ConditionKind.PARTIAL_LABELS,
            ConditionKind.RANDOM_LABELS,
            ConditionKind.SHUFFLED_PIXELS,
            ConditionKind.RANDOM_PIXELS,
            ConditionKind.GAUSSIAN);
    RunConfig run = experiment.runs().get(1).config();
    assertThat(run.condition().p()).isEqualTo(0.5);
    assertThat(run.data().train()).isEqualTo(5000);
    assertThat(run.network().spec().parameterCount()).isEqualTo(1_209_866);
    assertThat(run.training())
        .isEqualTo(
            new RunConfig.Training(
                new Hyperparameters(
                    128,
                    new LearningRate(0.01, 1, List.of(), 0.1),
                    new UpdateRule.Sgd(0.9, false, 0)),
                new StopRule(OptionalDouble.of(0.01), StopRule.LossSource.FULL, 0, 100, 0)));
  }

  @Test
  void documentation_hasTheTableOfKeys() throws IOException {
    Path documentation = TestEnvironment.PROJECT.resolve("docs/experiment-file.md");

    assertThat(Files.readString(documentation)).contains(KeyTable.markdown(environment));
  }

  @Test
  void documentation_example_isSixRuns() throws IOException {
    Path documentation = TestEnvironment.PROJECT.resolve("docs/experiment-file.md");
    String example = Files.readString(documentation).split("```", -1)[1];

    assertThat(TestExperiments.of(example).runs())
        .hasSize(6)
        .extracting(run -> run.config().training().stop().maxEpochs())
        .containsExactly(300, 300, 300, 300, 600, 600);
  }

  private Experiment load(String file) {
    return ExperimentFile.load(environment.configFolder().resolve(file), environment);
  }
}
