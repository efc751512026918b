package dev.gengap.cli.measure;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.measures.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the measures there are. */
@Command(
    name = "measures",
    description = {
      "Lists all measures: formula, paper, cost, needs, settings and conventions.",
      "Commands and experiment files name measures by their keys, or whole families."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  gengap measures", "  gengap measures --plugins examples/my-measure/target --json"})
public final class MeasuresCommand implements Runnable {
  private final Console console;

  @Option(names = "--markdown", description = "Print docs/measures.md.")
  private boolean markdown;

  @Mixin private PluginOptions plugins;
  @Mixin private JsonOutput json;

  public MeasuresCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Catalogue catalogue = plugins.catalogue();
    if (json.asked()) {
      json.print(CatalogueJson.of(catalogue), console.out());
    } else if (markdown) {
      console.out().print(CatalogueMarkdown.of(catalogue));
    } else {
      CatalogueText.lines(catalogue).forEach(console.out()::println);
    }
  }
}
