package dev.gengap.cli.measure;

import dev.gengap.measures.Catalogue;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures as {@code {"measures": [{"key": …, "family": …, "formula": …, …}], "settings": [{"key":
 * …, "standard": …, …}]}}.
 */
final class CatalogueJson {
  private CatalogueJson() {}

  static Map<String, Object> of(Catalogue catalogue) {
    List<Map<String, Object>> measures = new ArrayList<>();
    catalogue
        .byFamily()
        .forEach(
            (family, members) ->
                members.forEach(measure -> measures.add(of(family, measure.describe()))));
    List<Map<String, Object>> settings = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      settings.add(of(setting));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("measures", measures);
    all.put("settings", settings);
    return all;
  }

  private static Map<String, Object> of(String family, MeasureDescription measure) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("key", measure.key());
    all.put("family", family);
    all.put("formula", measure.formula());
    all.put("paper", measure.source());
    all.put("cost", key(measure.cost()));
    all.put("needs", measure.needs().stream().sorted().map(CatalogueJson::key).toList());
    all.put("settings", measure.settings().stream().sorted().map(Setting::key).toList());
    all.put("conventions", measure.conventions());
    return all;
  }

  private static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> of(Setting setting) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("key", setting.key());
    all.put("values", setting.expected());
    all.put("standard", setting.standard());
    all.put("meaning", setting.meaning());
    return all;
  }
}
