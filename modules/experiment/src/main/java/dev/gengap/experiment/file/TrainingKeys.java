package dev.gengap.experiment.file;

import static dev.gengap.experiment.file.Key.run;

import dev.gengap.training.StopRule.LossSource;
import java.util.List;
import java.util.OptionalDouble;

/** The keys of how a network is trained, and until when. */
final class TrainingKeys {
  /** Optimisers, by the names that files give them. */
  enum Optimiser {
    SGD,
    ADAM,
    ADAMW,
    RMSPROP
  }

  final Key<Integer> batchSize =
      run("training.batch-size", ValueType.integer(1), "128", "Examples in a minibatch.");
  final Key<Optimiser> optimiser =
      run(
          "training.optimiser",
          ValueType.constant(Optimiser.values()),
          "sgd",
          "How gradients move the parameters; see below.");
  final Key<Double> learningRate =
      run("training.learning-rate", positive(), "0.01", "Learning rate in the first epoch.");
  final Key<Double> momentum =
      run("training.momentum", fraction(), "0.9", "m, the momentum of sgd and rmsprop.");
  final Key<Boolean> nesterov =
      run(
          "training.nesterov",
          ValueType.flag(),
          "false",
          "Whether sgd looks ahead by its momentum.");
  final Key<Double> beta1 =
      run("training.beta1", fraction(), "0.9", "β₁ of adam and adamw, for the mean gradient.");
  final Key<Double> beta2 =
      run("training.beta2", fraction(), "0.999", "β₂ of adam and adamw, for its square.");
  final Key<Double> alpha =
      run("training.alpha", fraction(), "0.99", "α of rmsprop, for the mean squared gradient.");
  final Key<Double> epsilon =
      run("training.epsilon", positive(), "1e-8", "ε of adam, adamw and rmsprop.");
  final Key<Double> weightDecay =
      run(
          "training.weight-decay",
          ValueType.number("a number ≥ 0", wd -> wd >= 0),
          "0",
          "wd, on every parameter, biases and normalisation included.");
  final Key<Double> decay =
      run(
          "training.learning-rate-decay",
          factor(),
          "1",
          "Factor on the learning rate after each epoch.");
  final Key<List<Integer>> steps =
      run(
          "training.learning-rate-steps.epochs",
          ValueType.listOf(ValueType.integer(1)),
          "[]",
          "Epochs after which the learning rate falls by a factor, such as [150, 225].");
  final Key<Double> stepFactor =
      run("training.learning-rate-steps.factor", factor(), "0.1", "That factor.");

  final Key<OptionalDouble> stopTrainLoss =
      run(
          "training.stop.train-loss",
          new ValueType<>(
                  "a number > 0", v -> ValueType.real(v).filter(x -> x > 0).map(OptionalDouble::of))
              .or("none", OptionalDouble.empty()),
          "none",
          "End at the first check that finds the training loss at or below this [nats].");
  final Key<LossSource> evaluate =
      run(
          "training.stop.evaluate",
          ValueType.constant(LossSource.values()),
          "epoch-mean",
          "The training loss of checks: the epoch's mean (free) or all examples in evaluation mode.");
  final Key<Integer> patience =
      run(
          "training.stop.patience",
          ValueType.integer(0),
          "0",
          "End after so many epochs in a row without a lower held-out loss; 0: go on.");
  final Key<Integer> maxEpochs =
      run("training.stop.max-epochs", ValueType.integer(0), "300", "Most epochs; 0: no limit.");
  final Key<Long> maxSteps =
      run("training.stop.max-steps", ValueType.count(), "0", "Most steps; 0: no limit.");

  /** In the order of the documentation. */
  List<Key<?>> all() {
    return List.of(
        batchSize,
        optimiser,
        learningRate,
        momentum,
        nesterov,
        beta1,
        beta2,
        alpha,
        epsilon,
        weightDecay,
        decay,
        steps,
        stepFactor,
        stopTrainLoss,
        evaluate,
        patience,
        maxEpochs,
        maxSteps);
  }

  private static ValueType<Double> positive() {
    return ValueType.number("a number > 0", x -> x > 0);
  }

  private static ValueType<Double> fraction() {
    return ValueType.number("a number ≥ 0 and < 1", x -> x >= 0 && x < 1);
  }

  private static ValueType<Double> factor() {
    return ValueType.number("a number > 0 and ≤ 1", x -> x > 0 && x <= 1);
  }
}
