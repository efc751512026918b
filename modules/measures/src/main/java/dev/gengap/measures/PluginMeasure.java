package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.MeasuredValue;
import java.nio.file.Path;

/**
 * A measure of a plugin, which is trusted with nothing but its own value.
 *
 * @param jar it comes from
 * @param describe what it said it is when it was loaded
 * @param plugin the measure
 */
record PluginMeasure(Path jar, MeasureDescription describe, Measure plugin) implements Measure {
  @Override
  public double passes(MeasureContext context) {
    return plugin.passes(context);
  }

  @Override
  public MeasuredValue measure(MeasureContext context) {
    return plugin.measure(context);
  }
}
