package dev.gengap.systemtests.cluster;

import dev.gengap.systemtests.process.RunFolderFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an experiment leaves in its run folder that does not depend on the clock, the machine or its
 * luck.
 *
 * @param files contents by path relative to the folder
 */
record Outcome(Map<String, String> files) {
  private static final Set<String> SAME =
      Set.of("progress.csv", "measurements.csv", "examples.csv", "summary.json");

  private static final int RUN = 0;
  private static final int STEP = 1;
  private static final int MEASURE = 3;

  static Outcome of(RunFolderFiles folder) {
    Map<String, String> files = new TreeMap<>();
    for (Path run : folder.runs()) {
      RunFolderFiles.standing(run)
          .forEach(
              (file, stood) -> {
                if (isSame(file)) {
                  files.put(folder.folder().relativize(file).toString(), stood.bytes());
                }
              });
    }
    return new Outcome(files);
  }

  private static boolean isSame(Path file) {
    String name = file.getFileName().toString();
    return SAME.contains(name) || name.endsWith(".safetensors");
  }

  /** Whether the experiment in the folder has ended. */
  static boolean isThere(RunFolderFiles folder) {
    return Files.exists(folder.folder().resolve("summary.json"));
  }

  /** run/step/measure of everything that was measured. */
  Set<String> measured() {
    Set<String> keys = new LinkedHashSet<>();
    files.forEach(
        (file, text) -> {
          if (file.endsWith("measurements.csv")) {
            text.lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .forEach(row -> keys.add(row[RUN] + "/" + row[STEP] + "/" + row[MEASURE]));
          }
        });
    return keys;
  }

  /** run/step of the end of every epoch. */
  Set<String> epochs() {
    Set<String> keys = new LinkedHashSet<>();
    files.forEach(
        (file, text) -> {
          if (file.endsWith("progress.csv")) {
            String run = file.substring(0, file.indexOf('/'));
            text.lines()
                .skip(1)
                .forEach(line -> keys.add(run + "/" + line.substring(0, line.indexOf(','))));
          }
        });
    return keys;
  }
}
