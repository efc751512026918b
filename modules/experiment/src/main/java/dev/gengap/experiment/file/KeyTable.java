package dev.gengap.experiment.file;

import dev.gengap.experiment.Environment;

/** The documentation of every key, from the table that reads them. */
public final class KeyTable {
  private KeyTable() {}

  /** A Markdown table of every key: its values, what holds without it, what it means. */
  public static String markdown(Environment environment) {
    StringBuilder table =
        new StringBuilder("| key | values | default | meaning |\n|---|---|---|---|\n");
    for (Key<?> key : new Keys(environment).all()) {
      table
          .append("| `")
          .append(key.path())
          .append("` | ")
          .append(key.type().expected().replace("|", "\\|"))
          .append(" | ")
          .append(key.standard().isEmpty() ? "" : "`" + key.standard() + "`")
          .append(" | ")
          .append(key.meaning());
      if (key.scope() == Key.Scope.EXPERIMENT) {
        table.append(" Not in the grid.");
      }
      table.append(" |\n");
    }
    return table.toString();
  }
}
