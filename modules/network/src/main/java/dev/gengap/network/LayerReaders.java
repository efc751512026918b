package dev.gengap.network;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** How each type of layer is read from what is written beside its {@code type}. */
final class LayerReaders {
  private static final Map<String, Function<ConfigFields, LayerSpec>> BY_TYPE =
      new TreeMap<>(
          Map.of(
              "linear",
              fields -> new LayerSpec.Linear(fields.positiveInt("out"), fields.bool("bias", true)),
              "relu",
              fields -> new LayerSpec.Relu(),
              "flatten",
              fields -> new LayerSpec.Flatten()));

  private LayerReaders() {}

  /**
   * Reads a layer. Where a field is wrong, the problem is in {@code fields} and the layer is a
   * stand-in.
   */
  static LayerSpec read(ConfigFields fields) {
    String type = fields.oneOf("type", BY_TYPE.keySet());
    if (!BY_TYPE.containsKey(type)) {
      return new LayerSpec.Relu();
    }
    LayerSpec layer = BY_TYPE.get(type).apply(fields);
    fields.refuseOthers();
    return layer;
  }
}
