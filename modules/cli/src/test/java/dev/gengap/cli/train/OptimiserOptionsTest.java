package dev.gengap.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.compute.UpdateRule;
import dev.gengap.core.Problem;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class OptimiserOptionsTest {

  @Command(name = "train")
  private static final class Train {
    @Mixin private OptimiserOptions optimiser;
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("", new UpdateRule.Sgd(0.9, false, 0)),
        Arguments.of(
            "--momentum 0.5 --nesterov --weight-decay 5e-4", new UpdateRule.Sgd(0.5, true, 5e-4)),
        Arguments.of("--optimiser adam", new UpdateRule.Adam(0.9, 0.999, 1e-8, 0, false)),
        Arguments.of(
            "--optimiser adamw --beta1 0.8 --beta2 0.9 --epsilon 1e-6 --weight-decay 0.01",
            new UpdateRule.Adam(0.8, 0.9, 1e-6, 0.01, true)),
        Arguments.of(
            "--optimiser rmsprop --alpha 0.9 --momentum 0",
            new UpdateRule.RmsProp(0.9, 1e-8, 0, 0)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void rule_ofACommandLine_isThatOfAnExperiment(String line, UpdateRule expected) {
    OptimiserOptions options = parse(line);

    assertThat(options.problems()).isEmpty();
    assertThat(options.rule()).isEqualTo(expected);
  }

  @Test
  void problems_manyMistakes_areAllFound() {
    assertThat(
            parse("--optimiser adaw --momentum 1 --beta2 NaN --epsilon 0 --weight-decay -1")
                .problems())
        .extracting(Problem::toString)
        .containsExactly(
            "--optimiser: adaw (expected: one of sgd, adam, adamw, rmsprop)",
            "--momentum: 1.0 (expected: >= 0 and < 1)",
            "--beta2: NaN (expected: >= 0 and < 1)",
            "--weight-decay: -1.0 (expected: >= 0)",
            "--epsilon: 0.0 (expected: > 0)");
  }

  private static OptimiserOptions parse(String line) {
    Train train = new Train();
    new CommandLine(train).parseArgs(line.isEmpty() ? new String[0] : line.split(" "));
    return train.optimiser;
  }
}
