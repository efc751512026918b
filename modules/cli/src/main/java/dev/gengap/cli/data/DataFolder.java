package dev.gengap.cli.data;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option {@code --data}: where data sets lie. Mixed into commands. */
public final class DataFolder {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:GENGAP_DATA:-data}",
      description = "Folder of data sets (default: $GENGAP_DATA, else data).")
  private Path folder;

  /** The folder, which need not exist. */
  public Path path() {
    return folder;
  }

  /** The folder, for what can do without files. */
  public Optional<Path> optional() {
    return Optional.of(folder);
  }
}
