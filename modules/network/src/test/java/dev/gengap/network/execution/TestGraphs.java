package dev.gengap.network.execution;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Concat;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.Gelu;
import dev.gengap.network.layer.LayerNorm;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.LeakyRelu;
import dev.gengap.network.layer.LocalResponseNorm;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.layer.Tanh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small networks that between them have every layer, nested paths and shared inputs. */
final class TestGraphs {
  private static final String IMAGES = "input = [2, 6, 5], classes = 3, layers = [";
  private static final String VECTORS = "input = [6], classes = 3, layers = [";
  private static final String CONV = "{type = conv2d, out = 3, kernel = 3, padding = 1}";
  private static final String NARROW = "{type = conv2d, out = 3, kernel = 1, bias = false}";
  private static final String HEAD = ", {type = flatten}, {type = linear, out = 3}]";

  private TestGraphs() {}

  /** All of them, by what they are about. */
  static Map<String, NetworkSpec> all() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        "inception module after strided convolution, average pooling",
        IMAGES
            + "{type = conv2d, out = 4, kernel = [3, 2], stride = [2, 1], padding = same},"
            + "{type = batch_norm}, {type = relu},"
            + "{type = concat, paths = [[%1$s, {type = batch_norm}, {type = relu}],"
            + " [%2$s, {type = batch_norm}, {type = relu}], [{type = max_pool2d, kernel = 3,"
            + " stride = 1, padding = 1}]]}, {type = avg_pool2d, kernel = 2}"
            + HEAD);
    texts.put(
        "pooling and response norm before activations, dropout",
        IMAGES
            + "%2$s, {type = relu}, {type = max_pool2d, kernel = 2}, {type = relu},"
            + " {type = local_response_norm, size = 2, alpha = 0.5}, {type = tanh},"
            + " {type = dropout, p = 0.3}, {type = flatten}, {type = linear, out = 8},"
            + " {type = relu}, {type = dropout}, {type = linear, out = 3}]");
    texts.put(
        "residual blocks with identity, projection and activation of the shared input",
        IMAGES
            + "%2$s, {type = add, paths = [[{type = relu}, %2$s, {type = batch_norm}], []]},"
            + "{type = leaky_relu}, {type = add, paths = [[%2$s, {type = layer_norm}],"
            + " [%1$s, {type = batch_norm}], [{type = gelu}], [{type = dropout, p = 0.2}]]},"
            + "{type = relu}"
            + HEAD);
    texts.put(
        "paths within paths, every way to leave a shared input as it is",
        IMAGES
            + "%2$s, {type = tanh}, {type = concat, paths = [[{type = tanh}, {type = add, paths ="
            + " [[], [], [%2$s, {type = relu}]]}], [{type = concat, paths = [[], [{type = relu}],"
            + " [{type = leaky_relu, slope = 0.2}, {type = dropout}]]}], []]}, {type = relu},"
            + "{type = layer_norm}, {type = gelu}"
            + HEAD);
    texts.put(
        "the input of the network shared, partly by layers that learn",
        IMAGES
            + "{type = concat, paths = [[], [{type = relu}], [%2$s],"
            + " [{type = max_pool2d, kernel = 3, stride = 1, padding = 1}]]},"
            + "{type = add, paths = [[{type = batch_norm}], [{type = batch_norm}]]}, %1$s"
            + HEAD);
    texts.put(
        "nothing that learns before the last layer",
        IMAGES
            + "{type = relu}, {type = dropout, p = 0.1}, {type = max_pool2d, kernel = 2},"
            + "{type = add, paths = [[{type = local_response_norm, size = 3}], []]}, {type = gelu},"
            + "{type = avg_pool2d, kernel = 2}"
            + HEAD);
    texts.put(
        "vectors",
        VECTORS
            + "{type = batch_norm}, {type = concat, paths = [[{type = linear, out = 4,"
            + " bias = false}, {type = batch_norm, epsilon = 0.01}, {type = relu}],"
            + " [{type = add, paths = [[{type = linear, out = 6}], []]}], [{type = tanh}]]},"
            + "{type = layer_norm}, {type = dropout, p = 0.25}, {type = linear, out = 3},"
            + "{type = leaky_relu, slope = 0.1}]");
    texts.put(
        "images and vectors in one network, flattened on the way",
        IMAGES
            + "%2$s, {type = concat, paths = [[{type = flatten}, {type = relu}],"
            + " [{type = flatten}], [{type = batch_norm}, {type = flatten}, {type = linear,"
            + " out = 4}]]}, {type = linear, out = 3}]");
    Map<String, NetworkSpec> specs = new LinkedHashMap<>();
    texts.forEach(
        (name, text) ->
            specs.put(name, NetworkLanguage.parse(String.format(text, NARROW, CONV), name)));
    return specs;
  }

  /** All of them without the layers that compute otherwise in training than in evaluation. */
  static Map<String, NetworkSpec> sameInTraining() {
    Map<String, NetworkSpec> specs = new LinkedHashMap<>();
    all()
        .forEach(
            (name, spec) ->
                specs.put(
                    name,
                    new NetworkSpec(spec.input(), spec.classes(), sameInTraining(spec.layers()))));
    return specs;
  }

  /** The same with leaky ReLUs for smooth activations, and without normalisation. */
  static Map<String, NetworkSpec> piecewiseLinear() {
    Map<String, NetworkSpec> specs = new LinkedHashMap<>();
    sameInTraining()
        .forEach(
            (name, spec) ->
                specs.put(
                    name,
                    new NetworkSpec(spec.input(), spec.classes(), piecewiseLinear(spec.layers()))));
    return specs;
  }

  private static List<LayerSpec> piecewiseLinear(List<LayerSpec> layers) {
    List<LayerSpec> linear = new ArrayList<>();
    for (LayerSpec layer : layers) {
      if (layer instanceof Concat concat) {
        linear.add(new Concat(concat.paths().stream().map(TestGraphs::piecewiseLinear).toList()));
      } else if (layer instanceof Add add) {
        linear.add(new Add(add.paths().stream().map(TestGraphs::piecewiseLinear).toList()));
      } else if (layer instanceof Tanh || layer instanceof Gelu) {
        linear.add(new LeakyRelu(0.3));
      } else if (!(layer instanceof LayerNorm || layer instanceof LocalResponseNorm)) {
        linear.add(layer);
      }
    }
    return linear;
  }

  private static List<LayerSpec> sameInTraining(List<LayerSpec> layers) {
    List<LayerSpec> same = new ArrayList<>();
    for (LayerSpec layer : layers) {
      if (layer instanceof Concat concat) {
        same.add(new Concat(concat.paths().stream().map(TestGraphs::sameInTraining).toList()));
      } else if (layer instanceof Add add) {
        same.add(new Add(add.paths().stream().map(TestGraphs::sameInTraining).toList()));
      } else if (!(layer instanceof BatchNorm || layer instanceof Dropout)) {
        same.add(layer);
      }
    }
    return same;
  }

  /** Normal deviates around 0, for scales and variances around 1 and positive. */
  static Weights weights(NetworkSpec spec) {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    for (ParameterSpec tensor : spec.tensors()) {
      float[] values = normal(tensor.name().hashCode(), tensor.size());
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (tensor.role()) {
              case SCALE, RUNNING_VARIANCE -> 1 + 0.5f * (float) Math.tanh(values[i]);
              default -> 0.6f * values[i];
            };
      }
      tensors.put(tensor.name(), new FloatArray(tensor.shape(), values));
    }
    return new Weights(tensors);
  }

  /** The parameters of {@link #weights} as one vector. */
  static double[] parameters(NetworkSpec spec) {
    Weights weights = weights(spec);
    double[] all = new double[(int) spec.parameterCount()];
    int at = 0;
    for (ParameterSpec parameter : spec.parameters()) {
      for (float value : weights.get(parameter.name()).values()) {
        all[at++] = value;
      }
    }
    return all;
  }

  /** Standard normal deviates, the same for the same {@code id}. */
  static float[] normal(long id, int size) {
    CounterRandom random = CounterRandom.of(7, RandomStream.INITIALISATION);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.gaussian(id, i);
    }
    return values;
  }

  /** Classes 0, 1, 2, 0, … */
  static int[] labels(int count) {
    return List.of(1, 0, 2, 1, 1, 2, 0).subList(0, count).stream().mapToInt(i -> i).toArray();
  }
}
