package dev.gengap.experiment.file;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with a file, each thing once, in the order it was found. Confined to the thread
 * that reads the file.
 */
final class Problems {
  private static final int LONGEST_VALUE = 80;

  private final Set<Problem> found = new LinkedHashSet<>();

  void add(Problem problem) {
    found.add(problem);
  }

  void add(ConfigValue at, String name, String expected) {
    add(Problem.of(place(at.origin()), name, show(at), expected));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new UserError(List.copyOf(found));
    }
  }

  /** {@code file:line}, as far as known. */
  static String place(ConfigOrigin origin) {
    String file = origin.filename() == null ? origin.description() : origin.filename();
    return origin.lineNumber() > 0 && origin.filename() != null
        ? file + ":" + origin.lineNumber()
        : file;
  }

  /** A string as it is, anything else as JSON, on one line. */
  static String show(ConfigValue value) {
    if (value.unwrapped() instanceof String text) {
      return text;
    }
    String shown = value.render(ConfigRenderOptions.concise());
    return shown.length() <= LONGEST_VALUE ? shown : shown.substring(0, LONGEST_VALUE - 1) + "…";
  }
}
