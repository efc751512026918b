package dev.gengap.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** What a broker keeps on its disk. */
final class LogFiles {
  private LogFiles() {}

  /** Bytes of the segments of one partition. */
  static long bytes(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().contains(".log"))
          .flatMapToLong(LogFiles::size)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LongStream size(Path file) {
    try {
      return LongStream.of(Files.size(file));
    } catch (NoSuchFileException e) {
      return LongStream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
