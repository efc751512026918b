package dev.gengap.measures;

import dev.gengap.measures.api.Inputs;
import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Outputs;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Shared;
import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Gelu;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.LeakyRelu;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.Relu;
import dev.gengap.network.layer.Tanh;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How well what leaves the first layer clusters by class, and how many of the means of two inputs
 * of a class the network gives that class: the measures of Natekar & Sharma 2020, who won the
 * challenge on predicting generalization.
 */
final class Representations {
  private static final int EXAMPLES = 400;
  private static final int BATCH = 40;

  private static final Shared<OptionalDouble> INDEX = Shared.of(Representations::index);
  private static final Shared<OptionalDouble> ACCURACY = Shared.of(Representations::accuracy);

  private Representations() {}

  static List<Measure> measures() {
    return List.of(
        ofFeatures(
                define(
                    "davies_bouldin",
                    "DBI, Davies–Bouldin index by class of what leaves the first layer"))
            .value(context -> known(context.get(INDEX))),
        ofMixtures(
                define("mixup_accuracy", "share of means of two inputs of a class with its answer"))
            .value(context -> known(context.get(ACCURACY))),
        ofFeatures(ofMixtures(define("davies_bouldin_mixup", "DBI · (1 − mixup accuracy)")))
            .value(context -> known(product(context.get(INDEX), context.get(ACCURACY)))));
  }

  private static Definition define(String key, String formula) {
    return Definition.of(key, formula, Sources.NATEKAR_2020)
        .needs(Need.TRAIN_OUTPUTS)
        .needs(Need.TRAIN_INPUTS)
        .setting(Setting.EXAMPLES)
        .convention("formula", "unverified")
        .convention("subset", "first " + EXAMPLES);
  }

  private static Definition ofFeatures(Definition definition) {
    return definition
        .convention("features", "first layer with weights and its activation, not pooled")
        .convention("batches", "mean over batches of " + BATCH);
  }

  private static Definition ofMixtures(Definition definition) {
    return definition.convention("pairs", "each example and the next of its class");
  }

  private static OptionalDouble product(OptionalDouble index, OptionalDouble accuracy) {
    return index.isPresent() && accuracy.isPresent()
        ? OptionalDouble.of(index.getAsDouble() * (1 - accuracy.getAsDouble()))
        : OptionalDouble.empty();
  }

  private static MeasuredValue known(OptionalDouble value) {
    return value.isPresent()
        ? MeasuredValue.exact(value.getAsDouble())
        : new MeasuredValue.NotApplicable("needs two classes in a batch, two examples of one");
  }

  private static OptionalDouble index(MeasureContext context) {
    int layers = firstLayers(context.network().layers());
    Inputs inputs = context.trainInputs();
    int examples = Math.min(inputs.size(), EXAMPLES);
    double sum = 0;
    int batches = 0;
    for (int from = 0; from < examples; from += BATCH) {
      int to = Math.min(from + BATCH, examples);
      Matrix features = context.activations(layers, new Slice(inputs, from, to - from));
      OptionalDouble index =
          Clusters.daviesBouldin(features, Arrays.copyOfRange(context.train().labels(), from, to));
      sum += index.orElse(0);
      batches += index.isPresent() ? 1 : 0;
    }
    return batches == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / batches);
  }

  private static OptionalDouble accuracy(MeasureContext context) {
    Inputs inputs = context.trainInputs();
    Mixtures mixtures =
        new Mixtures(inputs, context.train().labels(), Math.min(inputs.size(), EXAMPLES));
    if (mixtures.size() == 0) {
      return OptionalDouble.empty();
    }
    Matrix outputs = context.activations(context.network().layers().size(), mixtures);
    return OptionalDouble.of(
        1 - Errors.zeroOne(new Outputs(outputs.columns(), outputs.values(), mixtures.labels())));
  }

  /** The first layer with weights, and the activation behind it. */
  private static int firstLayers(List<LayerSpec> layers) {
    int count = 1;
    while (count < layers.size() && !hasWeights(layers.get(count - 1))) {
      count++;
    }
    return count < layers.size() && isActivation(layers.get(count)) ? count + 1 : count;
  }

  private static boolean hasWeights(LayerSpec layer) {
    return layer instanceof Linear || layer instanceof Conv2d || layer instanceof Branching;
  }

  private static boolean isActivation(LayerSpec layer) {
    return layer instanceof Relu
        || layer instanceof LeakyRelu
        || layer instanceof Gelu
        || layer instanceof Tanh;
  }

  /** Some inputs of others, one after the other. */
  private record Slice(Inputs all, int from, int size) implements Inputs {
    @Override
    public int features() {
      return all.features();
    }

    @Override
    public void copy(int example, double[] into) {
      all.copy(from + example, into);
    }
  }
}
