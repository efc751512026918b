package dev.gengap.network;

import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Concat;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.Extent;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.Gelu;
import dev.gengap.network.layer.LayerNorm;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.LeakyRelu;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.LocalResponseNorm;
import dev.gengap.network.layer.MaxPool2d;
import dev.gengap.network.layer.Relu;
import dev.gengap.network.layer.Tanh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads layers from what is written beside their {@code type}. Where a field is wrong, the problem
 * is in its {@link ConfigFields} and the layer is a stand-in. Confined to one thread.
 */
final class LayerReaders {
  private static final String LAYERS = "layers";
  private static final String ONE_LAYER = "a layer such as {type = relu}";
  private static final Extent ONE = Extent.square(1);

  private final Map<String, Function<ConfigFields, LayerSpec>> byType =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("linear", LayerReaders::linear),
              Map.entry("conv2d", LayerReaders::conv2d),
              Map.entry("max_pool2d", LayerReaders::maxPool2d),
              Map.entry("avg_pool2d", LayerReaders::avgPool2d),
              Map.entry("batch_norm", LayerReaders::batchNorm),
              Map.entry("layer_norm", LayerReaders::layerNorm),
              Map.entry("local_response_norm", LayerReaders::localResponseNorm),
              Map.entry("dropout", LayerReaders::dropout),
              Map.entry("concat", fields -> new Concat(paths(fields))),
              Map.entry("add", fields -> new Add(paths(fields))),
              Map.entry("relu", fields -> new Relu()),
              Map.entry("leaky_relu", LayerReaders::leakyRelu),
              Map.entry("tanh", fields -> new Tanh()),
              Map.entry("gelu", fields -> new Gelu()),
              Map.entry("flatten", fields -> new Flatten())));

  private final Map<String, String> places;

  /**
   * @param places receives file and line of every layer read, by its path: {@code
   *     layers[3].paths[1][0]}
   */
  LayerReaders(Map<String, String> places) {
    this.places = places;
  }

  /** Reads the layers of a network. */
  List<LayerSpec> readAll(ConfigFields network) {
    return readAll(network.objects("layers", ONE_LAYER, LAYERS));
  }

  private List<LayerSpec> readAll(List<ConfigFields> written) {
    List<LayerSpec> layers = new ArrayList<>();
    for (ConfigFields fields : written) {
      layers.add(read(fields));
    }
    return layers;
  }

  private LayerSpec read(ConfigFields fields) {
    places.put(fields.path(), fields.place());
    String type = fields.oneOf("type", byType.keySet());
    if (!byType.containsKey(type)) {
      return new Relu();
    }
    LayerSpec layer = byType.get(type).apply(fields);
    fields.refuseOthers();
    return layer;
  }

  private List<List<LayerSpec>> paths(ConfigFields fields) {
    List<List<LayerSpec>> paths = new ArrayList<>();
    for (List<ConfigFields> path : fields.objectLists("paths", ONE_LAYER, LAYERS)) {
      paths.add(readAll(path));
    }
    return paths.isEmpty() ? List.of(List.of()) : paths;
  }

  private static LayerSpec linear(ConfigFields fields) {
    return new Linear(fields.positiveInt("out"), fields.bool("bias", true));
  }

  private static LayerSpec conv2d(ConfigFields fields) {
    return new Conv2d(
        fields.positiveInt("out"),
        fields.extent("kernel"),
        fields.extent("stride", ONE),
        fields.padding("padding"),
        fields.bool("bias", true));
  }

  private static LayerSpec maxPool2d(ConfigFields fields) {
    Extent kernel = fields.extent("kernel");
    return new MaxPool2d(kernel, fields.extent("stride", kernel), fields.padding("padding"));
  }

  private static LayerSpec avgPool2d(ConfigFields fields) {
    Extent kernel = fields.extent("kernel");
    return new AvgPool2d(kernel, fields.extent("stride", kernel), fields.padding("padding"));
  }

  private static LayerSpec batchNorm(ConfigFields fields) {
    return new BatchNorm(
        fields.number("epsilon", BatchNorm.DEFAULT_EPSILON, NumberRange.POSITIVE),
        fields.number("momentum", BatchNorm.DEFAULT_MOMENTUM, NumberRange.UNIT));
  }

  private static LayerSpec layerNorm(ConfigFields fields) {
    return new LayerNorm(fields.number("epsilon", LayerNorm.DEFAULT_EPSILON, NumberRange.POSITIVE));
  }

  private static LayerSpec localResponseNorm(ConfigFields fields) {
    return new LocalResponseNorm(
        fields.positiveInt("size"),
        fields.number("alpha", LocalResponseNorm.DEFAULT_ALPHA, NumberRange.NON_NEGATIVE),
        fields.number("beta", LocalResponseNorm.DEFAULT_BETA, NumberRange.NON_NEGATIVE),
        fields.number("k", LocalResponseNorm.DEFAULT_K, NumberRange.POSITIVE));
  }

  private static LayerSpec dropout(ConfigFields fields) {
    return new Dropout(fields.number("p", Dropout.DEFAULT_P, NumberRange.BELOW_ONE));
  }

  private static LayerSpec leakyRelu(ConfigFields fields) {
    return new LeakyRelu(fields.number("slope", LeakyRelu.DEFAULT_SLOPE, NumberRange.POSITIVE));
  }
}
