package dev.gengap.cli.measure;

import dev.gengap.measures.MeasureResult;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.api.MeasuredValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results as {@code {"device": …, "measurements": {"<key>": {"value": …, "stderr": …}}}}: a number,
 * a list of one number per weight layer, or no value but a {@code reason} or a {@code failure};
 * with {@code "timeLimited": true} only where a limit of time ended it.
 */
final class MeasurementsJson {
  private MeasurementsJson() {}

  /**
   * @param device the values were computed on
   */
  static Map<String, Object> of(List<MeasureResult> results, String device) {
    Map<String, Object> byKey = new LinkedHashMap<>();
    for (MeasureResult result : results) {
      byKey.put(result.key(), of(result));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("device", device);
    all.put("measurements", byKey);
    return all;
  }

  private static Map<String, Object> of(MeasureResult result) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (result.outcome() instanceof Outcome.Failed failed) {
      all.put("failure", failed.reason());
    } else {
      put(all, ((Outcome.Measured) result.outcome()).value());
    }
    all.put("conventions", result.conventions());
    all.put("seed", result.seed());
    all.put("wallMillis", result.wallMillis());
    return all;
  }

  private static void put(Map<String, Object> all, MeasuredValue value) {
    if (value instanceof MeasuredValue.Scalar scalar) {
      all.put("value", scalar.value());
      scalar.standardError().ifPresent(error -> all.put("stderr", error));
      if (scalar.timeLimited()) {
        all.put("timeLimited", true);
      }
    } else if (value instanceof MeasuredValue.PerLayer layers) {
      all.put("value", layers.values());
    } else {
      all.put("reason", ((MeasuredValue.NotApplicable) value).reason());
    }
  }
}
