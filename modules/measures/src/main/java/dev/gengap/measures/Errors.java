package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Outputs;
import java.util.List;

/** What the network gets wrong, on the full sets. */
final class Errors {
  private Errors() {}

  static List<Measure> measures() {
    return List.of(
        Definition.of("train_error", "mean of [argmax f(x) ≠ y], training", Sources.ELEMENTARY)
            .needs(Need.TRAIN_OUTPUTS)
            .exact(context -> zeroOne(context.train())),
        Definition.of("cross_entropy", "mean of −ln softmax(f(x))[y], training", Sources.JIANG_2020)
            .needs(Need.TRAIN_OUTPUTS)
            .exact(context -> crossEntropy(context.train())),
        Definition.of("test_error", "mean of [argmax f(x) ≠ y], test", Sources.ELEMENTARY)
            .needs(Need.TEST_OUTPUTS)
            .exact(context -> zeroOne(context.test())),
        Definition.of(
                "test_cross_entropy", "mean of −ln softmax(f(x))[y], test", Sources.ELEMENTARY)
            .needs(Need.TEST_OUTPUTS)
            .exact(context -> crossEntropy(context.test())),
        Definition.of("generalization_gap", "test error − training error", Sources.ELEMENTARY)
            .needs(Need.TRAIN_OUTPUTS)
            .needs(Need.TEST_OUTPUTS)
            .exact(context -> zeroOne(context.test()) - zeroOne(context.train())));
  }

  /** The fraction of examples whose answer is not their label. */
  static double zeroOne(Outputs outputs) {
    int wrong = 0;
    for (int i = 0; i < outputs.size(); i++) {
      if (answer(outputs, i) != outputs.labels()[i]) {
        wrong++;
      }
    }
    return (double) wrong / outputs.size();
  }

  /** The class of the largest output for {@code example}, the first of equals. */
  static int answer(Outputs outputs, int example) {
    int best = 0;
    for (int k = 1; k < outputs.classes(); k++) {
      if (outputs.logit(example, k) > outputs.logit(example, best)) {
        best = k;
      }
    }
    return best;
  }

  /** The mean cross-entropy in nats. */
  static double crossEntropy(Outputs outputs) {
    double total = 0;
    for (int i = 0; i < outputs.size(); i++) {
      total += crossEntropy(outputs, i);
    }
    return total / outputs.size();
  }

  /** That of one example, from ln Σ exp(f − max f), which cannot overflow. */
  static double crossEntropy(Outputs outputs, int example) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < outputs.classes(); k++) {
      most = Math.max(most, outputs.logit(example, k));
    }
    double sum = 0;
    for (int k = 0; k < outputs.classes(); k++) {
      sum += StrictMath.exp(outputs.logit(example, k) - most);
    }
    return StrictMath.log(sum) + most - outputs.logit(example, outputs.labels()[example]);
  }
}
