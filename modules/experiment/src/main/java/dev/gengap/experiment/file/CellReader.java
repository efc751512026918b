package dev.gengap.experiment.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import dev.gengap.core.Problem;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One cell's values as Java has them. A value of the wrong type has been reported already, where
 * the file says it: here the standard value stands in, so that what does not depend on it can still
 * be checked. Confined to one thread.
 */
final class CellReader {
  private final Config cell;
  private final Config standard;
  private final Problems problems;
  private final Set<Key<?>> mistyped = new HashSet<>();
  private boolean sound = true;

  CellReader(Config cell, Config standard, Problems problems) {
    this.cell = cell;
    this.standard = standard;
    this.problems = problems;
  }

  /** The value of a key that has a standard one. */
  <T> T get(Key<T> key) {
    return find(key)
        .or(() -> key.type().read(standard.getValue(key.path())))
        .orElseThrow(() -> new IllegalStateException(key.path() + ": no standard value"));
  }

  /** The value of a key; empty if the file has none, or one of the wrong type. */
  <T> Optional<T> find(Key<T> key) {
    if (!cell.hasPath(key.path())) {
      return Optional.empty();
    }
    Optional<T> value = key.type().read(cell.getValue(key.path()));
    if (value.isEmpty()) {
      mistyped.add(key);
      sound = false;
    }
    return value;
  }

  /** Whether all of {@code keys} read so far had values of their types. */
  boolean areSound(Key<?>... keys) {
    for (Key<?> key : keys) {
      if (mistyped.contains(key)) {
        return false;
      }
    }
    return true;
  }

  /** Reports that the value of {@code key} does not go with others. */
  void refuse(Key<?> key, String expected) {
    sound = false;
    problems.add(Problem.of(place(key), key.path(), Problems.show(value(key)), expected));
  }

  /** Reports {@code problem}, found while using the value of {@code key}. */
  void refuse(Problem problem) {
    sound = false;
    problems.add(problem);
  }

  /** Whether nothing has been reported about this cell. */
  boolean isSound() {
    return sound;
  }

  /** Where the file gives {@code key} its value. */
  String place(Key<?> key) {
    return Problems.place(origin(key));
  }

  ConfigOrigin origin(Key<?> key) {
    return value(key).origin();
  }

  private ConfigValue value(Key<?> key) {
    return cell.hasPath(key.path()) ? cell.getValue(key.path()) : standard.getValue(key.path());
  }
}
