package dev.gengap.actors;

import dev.gengap.experiment.results.CsvLog;
import java.util.function.Supplier;

/**
 * A table of a run folder that is opened for its first row, so that runs about which there is
 * nothing new hold no files open.
 *
 * <p>Confined to its owner, who closes it.
 */
final class LazyTable<T> implements AutoCloseable {
  private final Supplier<CsvLog<T>> opening;
  private CsvLog<T> log;

  LazyTable(Supplier<CsvLog<T>> opening) {
    this.opening = opening;
  }

  void append(T row) {
    open().append(row);
  }

  /** Makes sure that the file is there, if only with its header. */
  CsvLog<T> open() {
    if (log == null) {
      log = opening.get();
    }
    return log;
  }

  @Override
  public void close() {
    if (log != null) {
      log.close();
      log = null;
    }
  }
}
