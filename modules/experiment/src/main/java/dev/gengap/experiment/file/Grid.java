package dev.gengap.experiment.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The grid of a file: every combination of its axes' values is a cell, the last axis turning
 * fastest.
 */
record Grid(List<Axis> axes) {
  /** More cells than this are a slip of the pen. */
  static final int MOST_CELLS = 100_000;

  /** A path of the file and the values it takes in turn. */
  record Axis(String path, List<ConfigValue> values) {}

  /** One combination: as people read it, and as values to lay over the file. */
  record Cell(Map<String, String> shown, Config overlay) {}

  /** The grid {@code root} has, if any; what is wrong with it goes to {@code problems}. */
  static Grid read(ConfigObject root, Structure structure, Problems problems) {
    ConfigValue grid = root.get(Structure.GRID);
    if (grid == null) {
      return new Grid(List.of());
    }
    if (!(grid instanceof ConfigObject object)) {
      problems.add(grid, Structure.GRID, "an object: path = [value, …], …");
      return new Grid(List.of());
    }
    List<Axis> axes = new ArrayList<>();
    structure
        .leaves(object)
        .forEach(
            (path, value) -> {
              if (structure.isKnown(path, value)) {
                axis(path, value, structure, problems, axes);
              }
            });
    long cells = axes.stream().mapToLong(axis -> axis.values().size()).reduce(1, Grid::capped);
    if (cells > MOST_CELLS) {
      problems.add(grid, Structure.GRID, "at most " + MOST_CELLS + " combinations");
      return new Grid(List.of());
    }
    return new Grid(List.copyOf(axes));
  }

  private static long capped(long a, long b) {
    return Math.min(a * b, MOST_CELLS + 1L);
  }

  private static void axis(
      String path, ConfigValue value, Structure structure, Problems problems, List<Axis> axes) {
    if (!(value instanceof ConfigList list) || list.isEmpty()) {
      problems.add(value, Structure.GRID + "." + path, "a list of one or more values");
      return;
    }
    structure.checkAxis(path, list);
    axes.add(new Axis(path, List.copyOf(list)));
  }

  /** Every cell; without axes, one that changes nothing. */
  List<Cell> cells() {
    List<Cell> cells = List.of(new Cell(Map.of(), ConfigFactory.empty()));
    for (Axis axis : axes) {
      List<Cell> longer = new ArrayList<>();
      for (Cell cell : cells) {
        for (ConfigValue value : axis.values()) {
          Map<String, String> shown = new LinkedHashMap<>(cell.shown());
          shown.put(axis.path(), show(value));
          Config overlay = value.atPath(axis.path()).withFallback(cell.overlay());
          longer.add(new Cell(shown, overlay));
        }
      }
      cells = longer;
    }
    return cells;
  }

  /**
   * An object as its kind, if it has one, and then its other keys: {@code partial-labels p=0.5}.
   */
  private static String show(ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      return Problems.show(value);
    }
    if (object.containsKey("layers")) {
      return "inline@" + value.origin().lineNumber();
    }
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : Structure.inFileOrder(object)) {
      if (entry.getKey().equals("kind")) {
        parts.add(0, Problems.show(entry.getValue()));
      } else {
        parts.add(entry.getKey() + "=" + Problems.show(entry.getValue()));
      }
    }
    return String.join(" ", parts);
  }
}
