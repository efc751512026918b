package dev.gengap.cli.measure;

import dev.gengap.measures.Catalogue;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that adds measures of one's own. Mixed into commands. */
public final class PluginOptions {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Folder of jars with further measures; see docs/extending.md.")
  private Path folder;

  /**
   * The built-in measures, and those of the folder if one was named.
   *
   * @throws dev.gengap.core.UserError if a jar or a measure there cannot be used
   */
  public Catalogue catalogue() {
    return folder == null ? Catalogue.builtIn() : Catalogue.withPlugins(folder);
  }
}
