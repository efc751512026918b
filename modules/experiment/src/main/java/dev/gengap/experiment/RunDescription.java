package dev.gengap.experiment;

import dev.gengap.core.Seeds;
import dev.gengap.data.Condition;
import dev.gengap.data.ConditionKind;
import dev.gengap.training.Hyperparameters;
import dev.gengap.training.StopRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that determines the bits of a run, and nothing else: measures, the snapshots that are
 * taken or kept, the feed and the slots may change without a new run. Options that the condition
 * ignores are left out, so that they do not either.
 */
public final class RunDescription {
  /** Raised whenever the same description comes to mean other bits. */
  public static final int SCHEMA = 1;

  private RunDescription() {}

  /**
   * The description as JSON: keys sorted, no spaces, shortest decimals. Its hash is the run's id.
   */
  public static String canonicalJson(RunConfig config) {
    return Json.compact(of(config));
  }

  /** The description as nested maps with sorted keys, for manifests. */
  public static Map<String, Object> of(RunConfig config) {
    Map<String, Object> all = new TreeMap<>();
    all.put("schema", SCHEMA);
    all.put("data", data(config));
    all.put("condition", condition(config.condition()));
    all.put("network", config.network().text());
    all.put("initialiser", config.network().initialiser());
    all.put("training", training(config.training().sgd()));
    all.put("stop", stop(config));
    all.put("seeds", seeds(config.seeds()));
    all.put("backend", config.compute().backend());
    all.put("threads", config.compute().threads());
    return all;
  }

  private static Map<String, Object> data(RunConfig config) {
    return new TreeMap<>(
        Map.of(
            "set", config.data().set(),
            "train", config.data().train(),
            "test", config.data().test(),
            "crop", config.preprocessing().crop(),
            "scaling", key(config.preprocessing().scaling())));
  }

  private static Map<String, Object> condition(Condition condition) {
    ConditionKind kind = condition.kind();
    Map<String, Object> all = new TreeMap<>();
    all.put("kind", kind.key());
    if (usesP(kind)) {
      all.put("p", Decimal.of(condition.p()));
    }
    if (kind == ConditionKind.SHUFFLED_PIXELS || kind == ConditionKind.RANDOM_PIXELS) {
      all.put("permute-channels", condition.permuteChannels());
    }
    if (kind == ConditionKind.GAUSSIAN) {
      all.put("gaussian", condition.gaussianPerChannel() ? "per-channel" : "scalar");
    }
    if (kind.changesLabels()) {
      all.put("test-labels", key(condition.testLabels()));
    }
    return all;
  }

  /** Whether {@code p} changes what {@code kind} does. */
  public static boolean usesP(ConditionKind kind) {
    return kind == ConditionKind.PARTIAL_LABELS || kind == ConditionKind.PERMUTED_LABELS;
  }

  private static Map<String, Object> training(Hyperparameters sgd) {
    return new TreeMap<>(
        Map.of(
            "batch-size", sgd.batchSize(),
            "learning-rate", Decimal.of(sgd.learningRate()),
            "momentum", Decimal.of(sgd.momentum()),
            "weight-decay", Decimal.of(sgd.weightDecay()),
            "learning-rate-decay", Decimal.of(sgd.decayPerEpoch())));
  }

  private static Map<String, Object> stop(RunConfig config) {
    StopRule stop = config.training().stop();
    Map<String, Object> all = new TreeMap<>();
    all.put("max-epochs", stop.maxEpochs());
    all.put("max-steps", stop.maxSteps());
    if (stop.trainLoss().isPresent()) {
      all.put("train-loss", Decimal.of(stop.trainLoss().getAsDouble()));
      all.put("evaluate", key(stop.lossSource()));
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

  /** Without the base seed, which acts only through the others. */
  private static Map<String, Object> seeds(Seeds seeds) {
    return new TreeMap<>(
        Map.of(
            "data", seeds.data(),
            "labels", seeds.labels(),
            "pixels", seeds.pixels(),
            "order", seeds.order(),
            "initialisation", seeds.initialisation()));
  }

  /** An enum constant as experiment files write it: {@code epoch-mean}. */
  public static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
