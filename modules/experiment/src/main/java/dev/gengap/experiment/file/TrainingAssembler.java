package dev.gengap.experiment.file;

import dev.gengap.compute.UpdateRule;
import dev.gengap.experiment.RunConfig.Training;
import dev.gengap.training.Hyperparameters;
import dev.gengap.training.LearningRate;
import dev.gengap.training.StopRule;

/**
 * Makes of one cell's values how a network is trained, and checks that they go together. Confined
 * to one thread.
 */
final class TrainingAssembler {
  private final TrainingKeys keys;
  private final Key<Integer> heldOutKey;
  private final CellReader cell;

  TrainingAssembler(Keys keys, CellReader cell) {
    this.keys = keys.training;
    this.heldOutKey = keys.data.heldOut;
    this.cell = cell;
  }

  /** The training; {@code heldOut} is how many examples are held out of it. */
  Training training(int heldOut) {
    Hyperparameters hyperparameters =
        new Hyperparameters(cell.get(keys.batchSize), learningRate(), rule());
    return new Training(hyperparameters, stop(heldOut));
  }

  private LearningRate learningRate() {
    return new LearningRate(
        cell.get(keys.learningRate),
        cell.get(keys.decay),
        cell.get(keys.steps).stream().distinct().sorted().toList(),
        cell.get(keys.stepFactor));
  }

  /** Every option is read, so that a mistake in one is found whatever the optimiser. */
  private UpdateRule rule() {
    double momentum = cell.get(keys.momentum);
    boolean nesterov = cell.get(keys.nesterov);
    double beta1 = cell.get(keys.beta1);
    double beta2 = cell.get(keys.beta2);
    double alpha = cell.get(keys.alpha);
    double epsilon = cell.get(keys.epsilon);
    double weightDecay = cell.get(keys.weightDecay);
    return switch (cell.get(keys.optimiser)) {
      case SGD -> new UpdateRule.Sgd(momentum, nesterov, weightDecay);
      case ADAM -> new UpdateRule.Adam(beta1, beta2, epsilon, weightDecay, false);
      case ADAMW -> new UpdateRule.Adam(beta1, beta2, epsilon, weightDecay, true);
      case RMSPROP -> new UpdateRule.RmsProp(alpha, epsilon, momentum, weightDecay);
    };
  }

  private StopRule stop(int heldOut) {
    StopRule stop =
        new StopRule(
            cell.get(keys.stopTrainLoss),
            cell.get(keys.evaluate),
            cell.get(keys.patience),
            cell.get(keys.maxEpochs),
            cell.get(keys.maxSteps));
    boolean endless =
        stop.trainLoss().isEmpty()
            && stop.patience() == 0
            && stop.maxEpochs() == 0
            && stop.maxSteps() == 0;
    if (endless
        && cell.areSound(keys.stopTrainLoss, keys.patience, keys.maxEpochs, keys.maxSteps)) {
      cell.refuse(keys.maxEpochs, "> 0, unless train-loss, patience or max-steps ends the run");
    }
    if (stop.patience() > 0 && heldOut == 0 && cell.areSound(heldOutKey)) {
      cell.refuse(keys.patience, "0, unless data.held-out is > 0");
    }
    return stop;
  }
}
