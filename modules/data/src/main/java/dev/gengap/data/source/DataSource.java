package dev.gengap.data.source;

import dev.gengap.data.DataSet;
import java.nio.file.Path;
import java.util.Optional;

/** One data set of the registry. Immutable; safe for any thread. */
interface DataSource {
  String name();

  /** Describes the set without reading its examples. */
  DataSetDescription describe(Optional<Path> dataDir);

  /**
   * Loads the set.
   *
   * @throws dev.gengap.core.UserError if its files are missing or not what they should be, or hold
   *     fewer examples than asked for
   */
  DataSet load(Optional<Path> dataDir, Subset subset, long dataSeed);
}
