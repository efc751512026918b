package dev.gengap.cli.experiment;

import dev.gengap.experiment.BuiltInData;
import dev.gengap.experiment.BuiltInNetworks;
import dev.gengap.experiment.Environment;
import dev.gengap.measures.Catalogue;
import dev.gengap.measures.api.Measure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What experiment files may refer to, as shipped. */
final class ShippedEnvironment {
  /** System property the launcher sets to the checkout. */
  private static final String HOME = "gengap.home";

  private ShippedEnvironment() {}

  /** The environment; presets are looked for in the folder {@code config} of the checkout. */
  static Environment create() {
    return new Environment(
        Path.of(System.getProperty(HOME, ".")).resolve("config"),
        new BuiltInData(Optional.empty()),
        new BuiltInNetworks(),
        measures(),
        List.of("nd4j", "aparapi"));
  }

  private static Map<String, List<String>> measures() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (String group : Catalogue.groups()) {
      keys.put(group, keys(Catalogue.named(List.of(group))));
    }
    keys(Catalogue.all()).forEach(key -> keys.put(key, List.of(key)));
    return keys;
  }

  private static List<String> keys(List<Measure> measures) {
    return measures.stream().map(measure -> measure.describe().key()).toList();
  }
}
