package dev.gengap.experiment.file;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;

/**
 * Writes a resolved file as JSON. Each key is on a line of its own, in the order of the file: the
 * order of the grid's axes follows from lines. Confined to one thread.
 */
final class PortableText {
  private final StringBuilder text = new StringBuilder();

  private PortableText() {}

  static String of(ConfigObject root) {
    PortableText portable = new PortableText();
    portable.write(root, "\n");
    return portable.text.append('\n').toString();
  }

  private void write(ConfigValue value, String newLine) {
    if (value instanceof ConfigObject object && !object.isEmpty()) {
      writeObject(object, newLine);
    } else if (value instanceof ConfigList list && !list.isEmpty()) {
      writeList(list, newLine);
    } else {
      text.append(value.render(ConfigRenderOptions.concise()));
    }
  }

  private void writeObject(ConfigObject object, String newLine) {
    String separator = "{";
    for (Map.Entry<String, ConfigValue> entry : Structure.inFileOrder(object)) {
      text.append(separator).append(newLine).append("  ");
      text.append(ConfigUtil.quoteString(entry.getKey())).append(": ");
      write(entry.getValue(), newLine + "  ");
      separator = ",";
    }
    text.append(newLine).append('}');
  }

  private void writeList(List<ConfigValue> list, String newLine) {
    String separator = "[";
    for (ConfigValue value : list) {
      text.append(separator);
      write(value, newLine);
      separator = ", ";
    }
    text.append(']');
  }
}
