package dev.gengap.cli.measure;

import dev.gengap.measures.MeasureResult;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.api.MeasuredValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results as {@code {"measurements": {"<key>": {"value": …, "stderr": …}}}}: a number, a list of
 * one number per weight layer, or no value but a {@code reason}.
 */
final class MeasurementsJson {
  private MeasurementsJson() {}

  static Map<String, Object> of(List<MeasureResult> results) {
    Map<String, Object> byKey = new LinkedHashMap<>();
    for (MeasureResult result : results) {
      byKey.put(result.key(), of(result));
    }
    return Map.of("measurements", byKey);
  }

  private static Map<String, Object> of(MeasureResult result) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (result.outcome() instanceof Outcome.Failed failed) {
      all.put("failure", failed.reason());
    } else {
      put(all, ((Outcome.Measured) result.outcome()).value());
    }
    all.put("conventions", result.measure().conventions());
    all.put("wallMillis", result.wallMillis());
    return all;
  }

  private static void put(Map<String, Object> all, MeasuredValue value) {
    if (value instanceof MeasuredValue.Scalar scalar) {
      all.put("value", scalar.value());
      scalar.standardError().ifPresent(error -> all.put("stderr", error));
    } else if (value instanceof MeasuredValue.PerLayer layers) {
      all.put("value", layers.values());
    } else {
      all.put("reason", ((MeasuredValue.NotApplicable) value).reason());
    }
  }
}
