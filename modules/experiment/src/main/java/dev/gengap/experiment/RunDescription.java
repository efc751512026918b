package dev.gengap.experiment;

import dev.gengap.core.Seeds;
import dev.gengap.data.Augmentation;
import dev.gengap.data.Augmentation.ColourJitter;
import dev.gengap.data.Condition;
import dev.gengap.data.ConditionKind;
import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.LayerSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that determines the bits of a run, and nothing else: measures, the snapshots that are
 * taken or kept, the feed and the slots may change without a new run. Options that the condition or
 * the augmentation or the optimiser ignores are left out, so that they do not either.
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
    if (!config.augmentation().isNone()) {
      all.put("augmentation", augmentation(config.augmentation()));
    }
    all.put("network", config.network().text());
    all.put("initialiser", config.network().initialiser());
    all.put("training", TrainingDescription.of(config.training().hyperparameters()));
    all.put("stop", TrainingDescription.stop(config));
    all.put("seeds", seeds(config));
    all.put("backend", config.compute().backend());
    all.put("threads", config.compute().threads());
    return all;
  }

  private static Map<String, Object> data(RunConfig config) {
    Map<String, Object> all = new TreeMap<>();
    all.put("set", config.data().set());
    all.put("train", config.data().train());
    if (config.data().heldOut() > 0) {
      all.put("held-out", config.data().heldOut());
    }
    all.put("test", config.data().test());
    all.put("crop", config.preprocessing().crop());
    all.put("scaling", key(config.preprocessing().scaling()));
    return all;
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

  /** Without what it leaves alone. */
  private static Map<String, Object> augmentation(Augmentation augmentation) {
    Map<String, Object> all = new TreeMap<>();
    if (augmentation.randomCrop()) {
      all.put("random-crop", true);
      all.put("padding", augmentation.padding());
    }
    if (augmentation.flip()) {
      all.put("flip", true);
    }
    ColourJitter colour = augmentation.colour();
    putPositive(all, "rotation", augmentation.rotation());
    putPositive(all, "brightness", colour.brightness());
    putPositive(all, "contrast", colour.contrast());
    putPositive(all, "saturation", colour.saturation());
    putPositive(all, "hue", colour.hue());
    return all;
  }

  private static void putPositive(Map<String, Object> all, String key, double value) {
    if (value > 0) {
      all.put(key, Decimal.of(value));
    }
  }

  /** Without the base seed, which acts only through the others. */
  private static Map<String, Object> seeds(RunConfig config) {
    Seeds seeds = config.seeds();
    Map<String, Object> all =
        new TreeMap<>(
            Map.of(
                "data", seeds.data(),
                "labels", seeds.labels(),
                "pixels", seeds.pixels(),
                "order", seeds.order(),
                "initialisation", seeds.initialisation()));
    if (!config.augmentation().isNone()) {
      all.put("augmentation", seeds.augmentation());
    }
    if (hasDropout(config.network().spec().layers())) {
      all.put("dropout", seeds.dropout());
    }
    return all;
  }

  private static boolean hasDropout(List<LayerSpec> layers) {
    return layers.stream()
        .anyMatch(
            layer ->
                layer instanceof Dropout
                    || (layer instanceof Branching branching
                        && branching.paths().stream().anyMatch(RunDescription::hasDropout)));
  }

  /** An enum constant as experiment files write it: {@code epoch-mean}. */
  public static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
