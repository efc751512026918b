package dev.gengap.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The name somebody probably meant. */
public final class Suggestion {
  private Suggestion() {}

  /** The one of {@code names} nearest to {@code written}, if it is near at all. */
  public static Optional<String> near(String written, List<String> names) {
    int most = Math.max(1, written.length() / 3);
    return names.stream()
        .filter(name -> distance(written, name) <= most)
        .min(Comparator.comparingInt(name -> distance(written, name)));
  }

  /** As advice: {@code did you mean …?}; empty if nothing is near. */
  public static String remedy(String written, List<String> names) {
    return near(written, names).map(name -> "did you mean " + name + "?").orElse("");
  }

  /** Insertions, deletions and replacements that turn one into the other (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
