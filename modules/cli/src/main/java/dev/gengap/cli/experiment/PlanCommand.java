package dev.gengap.cli.experiment;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.cli.measure.PluginOptions;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.file.ExperimentFile;
import dev.gengap.experiment.plan.Assumptions;
import dev.gengap.experiment.plan.PlanJson;
import dev.gengap.experiment.plan.PlanReport;
import dev.gengap.experiment.plan.PlanText;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what an experiment takes, before anything starts. */
@Command(
    name = "plan",
    description = "Checks an experiment file and says what it takes: runs, hours, disk, traffic.",
    footerHeading = "%nExample:%n",
    footer = "  gengap plan config/quickstart.conf")
public final class PlanCommand implements Runnable {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "Experiment file.")
  private Path file;

  @Mixin private PluginOptions plugins;
  @Mixin private JsonOutput json;

  public PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Experiment experiment =
        ExperimentFile.load(file, ShippedEnvironment.create(plugins.catalogue()));
    Assumptions standard = Assumptions.STANDARD;
    PlanReport report =
        PlanReport.of(
            experiment,
            new Assumptions(
                standard.multiplyAddsPerSecond(),
                Runtime.getRuntime().availableProcessors(),
                standard.segmentBytes(),
                standard.deletionSeconds()));
    if (json.asked()) {
      console.out().println(PlanJson.render(report));
    } else {
      console.out().print(PlanText.render(report));
    }
  }
}
