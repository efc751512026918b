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
public final class ShippedEnvironment {
  /** System property the launcher sets to the checkout. */
  private static final String HOME = "gengap.home";

  private ShippedEnvironment() {}

  /** The folder Gengap is in: the checkout, or where it was installed. */
  public static Path home() {
    return Path.of(System.getProperty(HOME, "."));
  }

  /**
   * The environment; presets are looked for in the folder {@code config} of the checkout.
   *
   * @param catalogue the measures that files may name
   */
  public static Environment create(Catalogue catalogue) {
    return new Environment(
        home().resolve("config"),
        new BuiltInData(Optional.empty()),
        new BuiltInNetworks(),
        measures(catalogue),
        List.of("nd4j", "aparapi"));
  }

  private static Map<String, List<String>> measures(Catalogue catalogue) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (String group : catalogue.groups()) {
      keys.put(group, keys(catalogue.named(List.of(group))));
    }
    keys(catalogue.all()).forEach(key -> keys.put(key, List.of(key)));
    return keys;
  }

  private static List<String> keys(List<Measure> measures) {
    return measures.stream().map(measure -> measure.describe().key()).toList();
  }
}
