package dev.gengap.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that is there for one benchmark. Caller closes, which deletes it with all it holds.
 *
 * @param path of the folder
 */
record ScratchFolder(Path path) implements AutoCloseable {

  /** A new, empty one. */
  static ScratchFolder create() {
    try {
      return new ScratchFolder(Files.createTempDirectory("gengap-bench"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
