package dev.gengap.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.compute.UpdateRule;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.TestExperiments;
import dev.gengap.training.LearningRate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingKeysTest {

  static Stream<Arguments> optimisers() {
    return Stream.of(
        Arguments.of("", new UpdateRule.Sgd(0.9, false, 0)),
        Arguments.of("optimiser = sgd, nesterov = true", new UpdateRule.Sgd(0.9, true, 0)),
        Arguments.of("optimiser = adam", new UpdateRule.Adam(0.9, 0.999, 1e-8, 0, false)),
        Arguments.of(
            "optimiser = adamw, beta1 = 0.8, beta2 = 0.99, epsilon = 1e-6, weight-decay = 0.01",
            new UpdateRule.Adam(0.8, 0.99, 1e-6, 0.01, true)),
        Arguments.of("optimiser = rmsprop, momentum = 0", new UpdateRule.RmsProp(0.99, 1e-8, 0, 0)),
        Arguments.of(
            "optimiser = rmsprop, alpha = 0.9", new UpdateRule.RmsProp(0.9, 1e-8, 0.9, 0)));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void load_optimiser_hasPyTorchsDefaults(String training, UpdateRule expected) {
    assertThat(only("training { " + training + " }").config().training().hyperparameters().rule())
        .isEqualTo(expected);
  }

  @Test
  void load_learningRateSteps_areInOrderAndOnceEach() {
    RunPlan run =
        only("training { learning-rate = 0.4, learning-rate-steps.epochs = [225, 150, 225] }");

    assertThat(run.config().training().hyperparameters().learningRate())
        .isEqualTo(new LearningRate(0.4, 1, List.of(150, 225), 0.1));
  }

  @Test
  void load_gridOverOptimisers_isARunEach() {
    assertThat(
            TestExperiments.of("grid { training.optimiser = [sgd, adam, adamw, rmsprop] }").runs())
        .hasSize(4);
  }

  @Test
  void load_patienceAlone_endsTheRun() {
    RunPlan run =
        only("data { train = 300, held-out = 44 }, training.stop { max-epochs = 0, patience = 3 }");

    assertThat(run.config().maxSteps()).isEmpty();
    assertThat(run.config().stepsPerEpoch()).isEqualTo(2);
    assertThat(run.config().training().stop().patience()).isEqualTo(3);
  }

  private static RunPlan only(String text) {
    return TestExperiments.of(text).runs().get(0);
  }
}
