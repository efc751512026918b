package dev.gengap.experiment;

import dev.gengap.compute.UpdateRule;
import dev.gengap.training.Hyperparameters;
import dev.gengap.training.LearningRate;
import dev.gengap.training.StopRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of a run's training determines its bits, and nothing that the optimiser ignores. */
final class TrainingDescription {
  private TrainingDescription() {}

  static Map<String, Object> of(Hyperparameters training) {
    LearningRate rate = training.learningRate();
    Map<String, Object> all = new TreeMap<>();
    all.put("batch-size", training.batchSize());
    all.put("learning-rate", Decimal.of(rate.initial()));
    all.put("learning-rate-decay", Decimal.of(rate.decayPerEpoch()));
    if (!rate.steps().isEmpty()) {
      all.put(
          "learning-rate-steps",
          new TreeMap<>(Map.of("epochs", rate.steps(), "factor", Decimal.of(rate.factor()))));
    }
    all.putAll(rule(training.rule()));
    return all;
  }

  /** Without the options of other rules; plain stochastic gradient descent goes unnamed. */
  private static Map<String, Object> rule(UpdateRule rule) {
    Map<String, Object> all = new TreeMap<>();
    if (rule instanceof UpdateRule.Sgd sgd) {
      all.put("momentum", Decimal.of(sgd.momentum()));
      all.put("weight-decay", Decimal.of(sgd.weightDecay()));
      if (sgd.nesterov()) {
        all.put("nesterov", true);
      }
    } else if (rule instanceof UpdateRule.Adam adam) {
      all.put("optimiser", adam.decoupled() ? "adamw" : "adam");
      all.put("beta1", Decimal.of(adam.beta1()));
      all.put("beta2", Decimal.of(adam.beta2()));
      all.put("epsilon", Decimal.of(adam.epsilon()));
      all.put("weight-decay", Decimal.of(adam.weightDecay()));
    } else if (rule instanceof UpdateRule.RmsProp rms) {
      all.put("optimiser", "rmsprop");
      all.put("alpha", Decimal.of(rms.alpha()));
      all.put("epsilon", Decimal.of(rms.epsilon()));
      all.put("momentum", Decimal.of(rms.momentum()));
      all.put("weight-decay", Decimal.of(rms.weightDecay()));
    }
    return all;
  }

  static Map<String, Object> stop(RunConfig config) {
    StopRule stop = config.training().stop();
    Map<String, Object> all = new TreeMap<>();
    all.put("max-epochs", stop.maxEpochs());
    all.put("max-steps", stop.maxSteps());
    if (stop.patience() > 0) {
      all.put("patience", stop.patience());
    }
    if (stop.trainLoss().isPresent()) {
      all.put("train-loss", Decimal.of(stop.trainLoss().getAsDouble()));
      all.put("evaluate", RunDescription.key(stop.lossSource()));
      // More checks can end the run earlier.
      all.put("refine", refinements(config));
    }
    return all;
  }

  private static List<Map<String, Object>> refinements(RunConfig config) {
    return config.snapshots().refinements().stream()
        .<Map<String, Object>>map(
            refinement ->
                new TreeMap<>(
                    Map.of(
                        "train-loss", Decimal.of(refinement.trainLoss()),
                        "checks-per-epoch", refinement.checksPerEpoch())))
        .toList();
  }
}
