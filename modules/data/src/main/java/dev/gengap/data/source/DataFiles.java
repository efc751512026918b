package dev.gengap.data.source;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.file.Path;

/** The errors that the readers of data files have in common. */
final class DataFiles {
  private DataFiles() {}

  static String fetchAdvice(String set) {
    return "get it with `gengap data fetch " + set + "`, or give its folder with --data DIR";
  }

  static UserError noDataDir(String set) {
    return new UserError(
        Problem.of("", "data directory", "not given", "the folder that holds " + set)
            .withRemedy(
                "give --data DIR or set GENGAP_DATA, or run `gengap data fetch " + set + "`"));
  }

  static UserError missing(String set, Path folder, String file, String expected) {
    return new UserError(
        Problem.of(folder.toString(), file, "missing", expected).withRemedy(fetchAdvice(set)));
  }

  /** A file that is not what it should be, and is mended by getting it again. */
  static UserError damaged(String set, Path file, String name, Object value, String expected) {
    return new UserError(
        Problem.of(file.toString(), name, value, expected)
            .withRemedy("delete it and run `gengap data fetch " + set + "`"));
  }

  static UserError unreadable(Path file, IOException cause) {
    return new UserError(
        Problem.of(file.toString(), "reading", cause.toString(), "a readable file"), cause);
  }

  static int wanted(int asked, int available, String key, Path place) {
    if (asked > available) {
      throw new UserError(
          Problem.of(place.toString(), key, asked, "at most " + available + ", or 0 for all"));
    }
    return asked == 0 ? available : asked;
  }
}
