package dev.gengap.experiment.file;

/**
 * One key of experiment files.
 *
 * @param path from the top of the file, with dots
 * @param type what values it takes
 * @param standard the value without which a file is read as if it had this one, in HOCON; empty if
 *     the key has no value then
 * @param scope whether it may differ from run to run
 * @param meaning one line for people, with the unit
 */
record Key<T>(String path, ValueType<T> type, String standard, Scope scope, String meaning) {
  /** Whether a key belongs to the whole experiment or to each of its runs. */
  enum Scope {
    EXPERIMENT,
    RUN
  }

  /** A key that may differ from run to run. */
  static <T> Key<T> run(String path, ValueType<T> type, String standard, String meaning) {
    return new Key<>(path, type, standard, Scope.RUN, meaning);
  }

  /** A key of the whole experiment. */
  static <T> Key<T> experiment(String path, ValueType<T> type, String standard, String meaning) {
    return new Key<>(path, type, standard, Scope.EXPERIMENT, meaning);
  }
}
