package dev.gengap.measures;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.measures.api.Measure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The measures there are, by key and by group: the built-in ones, and those of plugins where some
 * were loaded. Immutable.
 */
public final class Catalogue {
  private static final String ALL = "all";
  private static final String NORMS = "norms";
  private static final String PLUGINS = "plugins";

  /** The families that {@code norms} stands for. */
  private static final List<String> NORM_FAMILIES =
      List.of(
          "margin",
          "frobenius",
          "spectral",
          "l1-inf",
          "path-l1",
          "path-l2",
          "distance",
          "complexity");

  private static final Catalogue BUILT_IN = new Catalogue(families());

  /** Each measure is in one, in the order in which the catalogue lists them. */
  private final Map<String, List<Measure>> families;

  private Catalogue(Map<String, List<Measure>> families) {
    this.families = Collections.unmodifiableMap(new LinkedHashMap<>(families));
  }

  /** The built-in measures alone. */
  public static Catalogue builtIn() {
    return BUILT_IN;
  }

  /**
   * The built-in measures, and those of the plugins in {@code folder}: the family {@code plugins}.
   *
   * @throws UserError for every jar there that cannot be used, and every measure whose key another
   *     one or a group has
   */
  public static Catalogue withPlugins(Path folder) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> taken = new LinkedHashMap<>();
    BUILT_IN.keys().forEach(key -> taken.put(key, "built-in measure"));
    BUILT_IN.groups().forEach(group -> taken.put(group, "group of measures"));
    taken.put(PLUGINS, "group of measures");
    List<Measure> plugins = new ArrayList<>();
    for (PluginMeasure plugin : PluginFolder.read(folder, problems)) {
      String key = plugin.describe().key();
      String owner = taken.putIfAbsent(key, "measure of " + plugin.jar());
      if (owner == null) {
        plugins.add(plugin);
      } else {
        problems.add(
            Problem.of(
                plugin.jar().toString(), "measure key", key, "one that no " + owner + " has"));
      }
    }
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    Map<String, List<Measure>> families = new LinkedHashMap<>(BUILT_IN.families);
    families.put(PLUGINS, List.copyOf(plugins));
    return new Catalogue(families);
  }

  /** Every measure. */
  public List<Measure> all() {
    return families.values().stream().flatMap(List::stream).toList();
  }

  /** The measures by family, in the catalogue's order. */
  public Map<String, List<Measure>> byFamily() {
    return families;
  }

  /** The names of groups that {@link #named} understands: families, and unions of them. */
  public List<String> groups() {
    List<String> groups = new ArrayList<>(families.keySet());
    groups.add(NORMS);
    groups.add(ALL);
    return List.copyOf(groups);
  }

  /**
   * The measures that {@code names} stand for, each once, in the catalogue's order.
   *
   * @param names keys of measures, or groups
   * @throws UserError for every unknown name, saying what there is
   */
  public List<Measure> named(Collection<String> names) {
    List<Problem> problems = new ArrayList<>();
    Set<Measure> chosen = new LinkedHashSet<>();
    for (String name : names) {
      List<Measure> found = named(name);
      if (found.isEmpty()) {
        problems.add(
            Problem.of(
                "",
                "measure",
                name,
                "a group ("
                    + String.join(", ", groups())
                    + ") or a key ("
                    + String.join(", ", keys())
                    + ")"));
      }
      chosen.addAll(found);
    }
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    return all().stream().filter(chosen::contains).toList();
  }

  private List<Measure> named(String name) {
    if (name.equals(ALL)) {
      return all();
    }
    if (name.equals(NORMS)) {
      return NORM_FAMILIES.stream().flatMap(family -> families.get(family).stream()).toList();
    }
    if (families.containsKey(name)) {
      return families.get(name);
    }
    return all().stream().filter(measure -> measure.describe().key().equals(name)).toList();
  }

  private List<String> keys() {
    return all().stream().map(measure -> measure.describe().key()).toList();
  }

  private static Map<String, List<Measure>> families() {
    Map<String, List<Measure>> families = new LinkedHashMap<>();
    families.put("size", Sizes.measures());
    families.put("error", Errors.measures());
    families.put("margin", Margins.measures());
    families.put("frobenius", FrobeniusNorms.measures());
    families.put("spectral", SpectralNorms.measures());
    families.put("l1-inf", GroupNorms.l1Inf());
    families.put("path-l1", PathNorms.l1());
    families.put("path-l2", PathNorms.l2());
    families.put("distance", Distances.measures());
    families.put("complexity", SpectralComplexities.measures());
    families.put("gradient", Gradients.measures());
    families.put("sharpness", Sharpness.measures());
    families.put("hessian", Hessians.measures());
    families.put("perturbation", ExpectedSharpness.measures());
    families.put("pac-bayes", PacBayes.measures());
    families.put("flatness", Flatness.measures());
    families.put("jiang", JiangMeasures.measures());
    families.put("spectral-fft", SpectralFamily.fourier());
    families.put("l3", GroupNorms.l3());
    families.put("schatten", SchattenNorms.measures());
    families.put("path-l1.5", PathNorms.l1Point5());
    families.put("bound", Bounds.measures());
    families.put("two-layer", TwoLayerBounds.measures());
    families.put("vc", VcDimension.measures());
    families.put("lipschitz", LipschitzMeasures.measures());
    families.put("robustness", Robustness.measures());
    families.put(
        "spectral-tail", Definition.joined(SpectralTails.measures(), SoftRanks.measures()));
    families.put("normalised-margin", NormalisedMargins.measures());
    families.put("optimisation", OptimisationSteps.measures());
    families.put("memorisation", Memorisation.measures());
    families.put("representation", Representations.measures());
    return families;
  }
}
