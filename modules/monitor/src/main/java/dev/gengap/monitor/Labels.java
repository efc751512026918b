package dev.gengap.monitor;

import java.util.List;
import java.util.stream.Collectors;

/** What runs are called for people: the values of the grid keys that vary. */
final class Labels {
  private final List<String> keys;

  Labels(ExperimentView view) {
    this.keys = view.header().getVaryingKeysList();
  }

  /** The keys, each by the fewest of its last path elements that tell it from the others. */
  List<String> shortKeys() {
    return keys.stream().map(this::shortKey).toList();
  }

  /** The cell of {@code run}, such as {@code p=0.5 seed=1}, or its id where nothing varies. */
  String of(RunView run) {
    String cell =
        keys.stream()
            .filter(run.state().getCellMap()::containsKey)
            .map(key -> shortKey(key) + "=" + value(run, key))
            .collect(Collectors.joining(" "));
    return cell.isEmpty() ? Format.plain(run.id()) : cell;
  }

  /** {@link #of} in at most a third of {@code width}. */
  String cut(RunView run, int width) {
    return Format.cut(of(run), Math.max(8, width / 3));
  }

  /** The value of the key at {@code index} in the cell of {@code run}. */
  String value(RunView run, int index) {
    return value(run, keys.get(index));
  }

  private static String value(RunView run, String key) {
    return Format.plain(run.state().getCellMap().getOrDefault(key, Format.UNKNOWN));
  }

  private String shortKey(String key) {
    int dot = key.lastIndexOf('.');
    while (dot >= 0) {
      String suffix = key.substring(dot);
      if (keys.stream().filter(k -> ("." + k).endsWith(suffix)).count() == 1) {
        return Format.plain(suffix.substring(1));
      }
      dot = key.lastIndexOf('.', dot - 1);
    }
    return Format.plain(key);
  }
}
