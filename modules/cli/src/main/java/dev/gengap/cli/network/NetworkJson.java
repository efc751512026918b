package dev.gengap.cli.network;

import dev.gengap.network.LayerSummary;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.NetworkSummary;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network for scripts: its totals, and a list of all layers, nested ones by their names. */
final class NetworkJson {
  private static final String PATHS = "paths";

  private NetworkJson() {}

  static Map<String, Object> of(String name, NetworkSummary summary, int batch) {
    NetworkSpec network = summary.network();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("network", name);
    all.put("input", network.input());
    all.put("classes", network.classes());
    all.put("parameters", network.parameterCount());
    all.put("statistics", network.stateCount() - network.parameterCount());
    all.put("multiplyAdds", network.multiplyAdds());
    all.put("batch", batch);
    all.put("activationBytes", summary.activationBytes(batch));
    all.put("layers", summary.layers().stream().map(NetworkJson::of).toList());
    return all;
  }

  private static Map<String, Object> of(LayerSummary layer) {
    Map<String, Object> options = new LinkedHashMap<>(layer.layer().options());
    options.remove(PATHS); // their layers follow
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", layer.name());
    all.put("type", layer.layer().type());
    all.put("options", options);
    all.put("input", layer.input());
    all.put("output", layer.output());
    all.put("parameters", layer.parameters());
    all.put("statistics", layer.statistics());
    all.put("multiplyAdds", layer.multiplyAdds());
    return all;
  }
}
