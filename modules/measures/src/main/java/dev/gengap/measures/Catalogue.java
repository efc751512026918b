package dev.gengap.measures;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.measures.api.Measure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The built-in measures, by key and by group. */
public final class Catalogue {
  /** Groups of measures, in the order in which the catalogue lists them. */
  private static final Map<String, List<Measure>> FAMILIES = families();

  private static final String ALL = "all";
  private static final String NORMS = "norms";

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

  private Catalogue() {}

  /** Every built-in measure. */
  public static List<Measure> all() {
    return FAMILIES.values().stream().flatMap(List::stream).toList();
  }

  /** The names of groups that {@link #named} understands. */
  public static List<String> groups() {
    List<String> groups = new ArrayList<>(FAMILIES.keySet());
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
  public static List<Measure> named(Collection<String> names) {
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

  private static List<Measure> named(String name) {
    if (name.equals(ALL)) {
      return all();
    }
    if (name.equals(NORMS)) {
      return NORM_FAMILIES.stream().flatMap(family -> FAMILIES.get(family).stream()).toList();
    }
    if (FAMILIES.containsKey(name)) {
      return FAMILIES.get(name);
    }
    return all().stream().filter(measure -> measure.describe().key().equals(name)).toList();
  }

  private static List<String> keys() {
    return all().stream().map(measure -> measure.describe().key()).toList();
  }

  private static Map<String, List<Measure>> families() {
    Map<String, List<Measure>> families = new LinkedHashMap<>();
    families.put("size", Sizes.measures());
    families.put("error", Errors.measures());
    families.put("margin", Margins.measures());
    families.put("frobenius", FrobeniusNorms.measures());
    families.put("spectral", SpectralNorms.measures());
    families.put("l1-inf", GroupNorms.measures());
    families.put("path-l1", PathNorms.l1());
    families.put("path-l2", PathNorms.l2());
    families.put("distance", Distances.measures());
    families.put("complexity", SpectralComplexities.measures());
    return families;
  }
}
