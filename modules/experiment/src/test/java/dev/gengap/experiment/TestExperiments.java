package dev.gengap.experiment;

import dev.gengap.experiment.file.ExperimentFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Experiments from texts. */
public final class TestExperiments {
  private TestExperiments() {}

  /** The experiment that {@code text} describes, in the test environment. */
  public static Experiment of(String text) {
    try {
      Path file = Files.createTempFile("gengap-", ".conf");
      try {
        Files.writeString(file, text);
        return ExperimentFile.load(file, TestEnvironment.create());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
