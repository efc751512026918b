package dev.gengap.data.fetch;

/** Told how a download goes, often and on the downloading thread: return at once. */
@FunctionalInterface
public interface FetchProgress {
  /**
   * More of a file has come.
   *
   * @param file the name of the file under way
   * @param received bytes of it that are here, those of an earlier attempt included
   * @param total bytes of the whole file
   */
  void at(String file, long received, long total);
}
