package dev.gengap.cli.measure;

import dev.gengap.experiment.Decimal;
import dev.gengap.measures.Catalogue;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Measures for people: by family, some lines for each. */
final class CatalogueText {
  private CatalogueText() {}

  static List<String> lines(Catalogue catalogue) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, List<Measure>> family : catalogue.byFamily().entrySet()) {
      lines.add(family.getKey());
      for (Measure measure : family.getValue()) {
        MeasureDescription description = measure.describe();
        lines.add("  " + description.key());
        lines.add("    " + description.formula());
        lines.add("    " + description.source());
        lines.add("    cost: " + word(description.cost()) + needs(description));
        String conventions = conventions(description);
        if (!conventions.isEmpty()) {
          lines.add("    " + conventions);
        }
      }
    }
    return lines;
  }

  private static String needs(MeasureDescription measure) {
    String needs = needsOf(measure);
    return needs.isEmpty() ? "" : "; needs: " + needs;
  }

  /** What the measure needs, in a word or two each. */
  static String needsOf(MeasureDescription measure) {
    return measure.needs().stream()
        .sorted()
        .map(CatalogueText::word)
        .collect(Collectors.joining(", "));
  }

  /** A constant as people write it: {@code train outputs}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Those that are fixed, then those that are the user's to set, with their standard values. */
  static String conventions(MeasureDescription measure) {
    Map<String, String> all = new TreeMap<>(measure.conventions());
    for (Setting setting : measure.settings()) {
      all.put(setting.key(), Decimal.text(setting.standard()) + " (a setting)");
    }
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
