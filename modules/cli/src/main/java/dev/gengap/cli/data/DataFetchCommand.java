package dev.gengap.cli.data;

import dev.gengap.cli.console.Console;
import dev.gengap.data.fetch.DataFetcher;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Downloads a data set from its publisher. */
@Command(
    name = "fetch",
    description = "Downloads a data set from its publisher; called again, it goes on.",
    footerHeading = "%nExample:%n",
    footer = "  gengap data fetch cifar-10 --data ~/data")
final class DataFetchCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "A set that `gengap data` lists.")
  private String name;

  @Mixin private DataFolder dataFolder;

  DataFetchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path folder;
    try (FetchLines lines = new FetchLines(console)) {
      folder = new DataFetcher().fetch(name, dataFolder.path(), lines);
    }
    console.out().println(name + ": " + folder);
    return 0;
  }
}
