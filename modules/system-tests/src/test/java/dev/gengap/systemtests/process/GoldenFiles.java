package dev.gengap.systemtests.process;

import java.nio.file.Path;

/** Where the reference networks of other modules' tests lie. */
final class GoldenFiles {
  private GoldenFiles() {}

  /** Of the measures. */
  static Path measures(String fixture) {
    return of("measures", fixture);
  }

  /** Of the training loop. */
  static Path training(String fixture) {
    return of("training", fixture);
  }

  private static Path of(String module, String fixture) {
    return Gengap.checkout()
        .resolve("modules")
        .resolve(module)
        .resolve("src/test/resources/golden")
        .resolve(fixture);
  }
}
