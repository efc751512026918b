package dev.gengap.data.source;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.data.DataSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The data sets an experiment can name. Safe for any thread. */
public final class DataSets {
  /** The set that needs no files, used where an experiment names none. */
  public static final String DEFAULT = "generated";

  private static final List<DataSource> SOURCES =
      List.of(
          new GeneratedSource(),
          new IdxSource("mnist", "handwritten digits (LeCun, Cortes, Burges)"),
          new IdxSource("fashion-mnist", "clothes (Xiao, Rasul, Vollgraf 2017)"),
          new CifarSource());

  private DataSets() {}

  /** The names, the default first. */
  public static List<String> names() {
    return SOURCES.stream().map(DataSource::name).toList();
  }

  /** Every set, with where it was found under {@code dataDir} or how to get it. */
  public static List<DataSetDescription> list(Optional<Path> dataDir) {
    return SOURCES.stream().map(source -> source.describe(dataDir)).toList();
  }

  /**
   * Loads a set into memory.
   *
   * @param dataDir the folder that holds a folder per set, in its publisher's layout; the generated
   *     set needs none
   * @param subset how many examples of each split
   * @param dataSeed what the generated set is drawn from; files do not depend on it
   * @throws UserError if the name is unknown, or files are missing, truncated or not what they
   *     should be, or hold fewer examples than asked for
   */
  public static DataSet load(String name, Optional<Path> dataDir, Subset subset, long dataSeed) {
    return SOURCES.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name))
        .load(dataDir, subset, dataSeed);
  }

  private static UserError unknown(String name) {
    String known = names().stream().collect(Collectors.joining(", ", "one of ", ""));
    return new UserError(Problem.of("", "data set", name, known));
  }
}
