package dev.gengap.cli.train;

import dev.gengap.compute.UpdateRule;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that choose an optimiser and set it, as in the {@code training} of experiments. */
final class OptimiserOptions {
  private static final List<String> OPTIMISERS = List.of("sgd", "adam", "adamw", "rmsprop");

  @Option(
      names = "--optimiser",
      paramLabel = "O",
      defaultValue = "sgd",
      description = "sgd, adam, adamw or rmsprop (default: ${DEFAULT-VALUE}).")
  private String optimiser;

  @Option(
      names = "--momentum",
      paramLabel = "M",
      defaultValue = "0.9",
      description = "Momentum of sgd and rmsprop (default: ${DEFAULT-VALUE}).")
  private double momentum;

  @Option(names = "--nesterov", description = "Nesterov's momentum, for sgd.")
  private boolean nesterov;

  @Option(
      names = "--weight-decay",
      paramLabel = "W",
      defaultValue = "0",
      description = "Weight decay (default: ${DEFAULT-VALUE}).")
  private double weightDecay;

  @Option(
      names = "--beta1",
      paramLabel = "B",
      defaultValue = "0.9",
      description = "Of adam and adamw, for the mean gradient (default: ${DEFAULT-VALUE}).")
  private double beta1;

  @Option(
      names = "--beta2",
      paramLabel = "B",
      defaultValue = "0.999",
      description = "Of adam and adamw, for its square (default: ${DEFAULT-VALUE}).")
  private double beta2;

  @Option(
      names = "--alpha",
      paramLabel = "A",
      defaultValue = "0.99",
      description = "Of rmsprop, for the mean squared gradient (default: ${DEFAULT-VALUE}).")
  private double alpha;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      defaultValue = "1e-8",
      description = "Of adam, adamw and rmsprop (default: ${DEFAULT-VALUE}).")
  private double epsilon;

  UpdateRule rule() {
    return switch (optimiser) {
      case "sgd" -> new UpdateRule.Sgd(momentum, nesterov, weightDecay);
      case "adam" -> new UpdateRule.Adam(beta1, beta2, epsilon, weightDecay, false);
      case "adamw" -> new UpdateRule.Adam(beta1, beta2, epsilon, weightDecay, true);
      case "rmsprop" -> new UpdateRule.RmsProp(alpha, epsilon, momentum, weightDecay);
      default -> throw new UserError(unknown());
    };
  }

  private Problem unknown() {
    return Problem.of("", "--optimiser", optimiser, "one of " + String.join(", ", OPTIMISERS));
  }

  /** What is wrong with what was asked for. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    if (!OPTIMISERS.contains(optimiser)) {
      problems.add(unknown());
    }
    requireFraction(problems, "--momentum", momentum);
    requireFraction(problems, "--beta1", beta1);
    requireFraction(problems, "--beta2", beta2);
    requireFraction(problems, "--alpha", alpha);
    if (!(weightDecay >= 0)) {
      problems.add(Problem.of("", "--weight-decay", weightDecay, ">= 0"));
    }
    if (!(epsilon > 0)) {
      problems.add(Problem.of("", "--epsilon", epsilon, "> 0"));
    }
    return problems;
  }

  private static void requireFraction(List<Problem> problems, String name, double value) {
    if (!(value >= 0 && value < 1)) {
      problems.add(Problem.of("", name, value, ">= 0 and < 1"));
    }
  }
}
