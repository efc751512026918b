package dev.gengap.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small experiment file. Immutable. */
public record ExperimentText(String text) {
  public static final String NAME = "tiny";

  /** 200 drawn digits with true and with random labels, one run after the other. */
  public static final ExperimentText TINY =
      new ExperimentText(
          """
          name = tiny
          data { set = generated, train = 200, test = 100 }
          network = mlp-1x16
          training {
            batch-size = 20, learning-rate = 0.05, momentum = 0.9
            stop { max-epochs = 4 }
          }
          grid { condition.kind = [none, random-labels] }
          snapshots { every = 2 epochs, at = [start, end], keep = all }
          measures {
            errors { use = [error] }
            norms { use = [margin, frobenius, spectral, distance] }
          }
          devices { threads = 1, slots = 1 }
          """);

  /** With {@code before}, which must be there, replaced. */
  public ExperimentText with(String before, String after) {
    if (!text.contains(before)) {
      throw new IllegalArgumentException("before: " + before + " (expected: part of the text)");
    }
    return new ExperimentText(text.replace(before, after));
  }

  /** Writes it to {@code file}, whose name it returns as an argument. */
  public String in(Path file) {
    try {
      Files.writeString(file, text);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
