package dev.gengap.cli.experiment;

import dev.gengap.cli.backend.ThreadsOption;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.Interruption;
import dev.gengap.cli.measure.PluginOptions;
import dev.gengap.cli.measure.SettingOptions;
import dev.gengap.core.ExitCode;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.measures.api.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the snapshots of an experiment from another process. */
@Command(
    name = "attach",
    description = {
      "Measures every kept snapshot of an experiment, running or ended, from another process.",
      "What is measured already is not measured again; new snapshots are measured as they come.",
      "Measurements go to Kafka, and into the run folder's measurements.csv."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gengap attach runs/quickstart --measures norms",
      "  gengap attach runs/quickstart --measures hoyer_sparsity"
          + " --plugins examples/my-measure/target",
      "  gengap attach --bootstrap broker:9092 --experiment quickstart --measures norms"
    })
public final class AttachCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RUNFOLDER",
      arity = "0..1",
      description =
          "Run folder of the experiment; of one with its own broker, without --bootstrap.")
  private Path runFolder;

  @Option(
      names = "--measures",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = "Measures or groups of them.")
  private List<String> use;

  @Option(names = "--once", description = "End when the snapshots that are there now are measured.")
  private boolean once;

  @Mixin private ThreadsOption threads;
  @Mixin private ExperimentName experiment;
  @Mixin private SettingOptions settings;
  @Mixin private PluginOptions plugins;
  @Mixin private BrokerOptions brokers;

  public AttachCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (runFolder != null) {
      experiment.requireNone();
    }
    List<Measure> measures = plugins.catalogue().named(use);
    List<String> keys = measures.stream().map(measure -> measure.describe().key()).toList();
    MeasureGroup group = new MeasureGroup("attached", use, keys, Set.of(), settings.settings());
    AttachedReport report = new AttachedReport(console);
    try (Interruption interruption = Interruption.install()) {
      Attachment attachment =
          new Attachment(group, measures, threads.count(), report, interruption);
      if (brokers.external()) {
        atBrokers(attachment);
      } else {
        new FolderAttachment(attachment, folder(), brokers, console).follow(once);
      }
      report.end();
      if (interruption.happened()) {
        return ExitCode.INTERRUPTED.code();
      }
    }
    return (report.failed() ? ExitCode.FAILURE : ExitCode.OK).code();
  }

  private void atBrokers(Attachment attachment) throws InterruptedException {
    RunFolder folder;
    String name;
    if (runFolder == null) {
      name = experiment.on(brokers);
      folder = new RunFolder(Path.of("runs").resolve(name));
    } else {
      folder = RunFolder.open(runFolder);
      name = folder.manifest().path("experiment").asText();
    }
    try (BrokerAccess access = BrokerAccess.to(brokers.named(name));
        ExperimentEnd end = new ExperimentEnd(access.connection())) {
      attachment.follow(access.connection(), folder, () -> once || end.getAsBoolean(), () -> false);
    }
  }

  private RunFolder folder() {
    if (runFolder == null) {
      throw new UserError(
          Problem.of("", "what to measure", "nothing", "a run folder, or --bootstrap")
              .withRemedy("gengap attach runs/<experiment> --measures " + String.join(",", use)));
    }
    RunFolder folder = RunFolder.open(runFolder);
    if (!Files.isDirectory(folder.brokerFolder())) {
      throw new UserError(
          Problem.of(runFolder.toString(), "broker", "none", "an experiment with its own")
              .withRemedy("give --bootstrap as well"));
    }
    return folder;
  }
}
