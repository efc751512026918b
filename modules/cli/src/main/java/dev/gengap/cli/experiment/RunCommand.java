package dev.gengap.cli.experiment;

import dev.gengap.actors.DataLibrary;
import dev.gengap.actors.DeviceOffer;
import dev.gengap.actors.ExperimentSetup;
import dev.gengap.actors.ExperimentSystem;
import dev.gengap.actors.Resumption;
import dev.gengap.actors.Workplace;
import dev.gengap.broker.EmbeddedBroker;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.Interruption;
import dev.gengap.cli.data.DataFolder;
import dev.gengap.cli.measure.PluginOptions;
import dev.gengap.core.ExitCode;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.file.ExperimentFile;
import dev.gengap.experiment.results.FolderLock;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.measures.Catalogue;
import dev.gengap.monitor.ExperimentView;
import dev.gengap.monitor.FinalTable;
import dev.gengap.monitor.report.HtmlReport;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.streams.BrokerConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an experiment to its end, and shows it meanwhile. */
@Command(
    name = "run",
    description = {
      "Runs an experiment and shows it live; runs that are finished already are kept.",
      "Ctrl-C stops cleanly, and the same command carries on."
    },
    footerHeading = "%nExample:%n",
    footer = "  gengap run config/quickstart.conf")
public final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "Experiment file.")
  private Path file;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Folder of run folders (default: runs).")
  private Path runs;

  @Mixin private DataFolder data;
  @Mixin private BrokerOptions brokers;
  @Mixin private TopicOptions topics;
  @Mixin private PluginOptions plugins;

  public RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Catalogue catalogue = plugins.catalogue();
    Experiment experiment = ExperimentFile.load(file, ShippedEnvironment.create(catalogue));
    experiment.notes().forEach(note -> console.err().println("gengap: note: " + note));
    DataLibrary library = new DataLibrary(data.optional());
    experiment.runs().stream().map(RunPlan::config).forEach(library::load);
    List<DeviceOffer> devices = Installation.offers(experiment);
    Path folder = runs.resolve(experiment.name());
    requireBroker(experiment, folder);
    FolderLock lock = FolderLock.acquire(folder);
    try {
      return run(experiment, catalogue, library, devices);
    } finally {
      lock.close();
    }
  }

  /** Fails where no broker can be had, before anything is written. */
  private void requireBroker(Experiment experiment, Path folder) {
    topics.settings();
    if (brokers.external()) {
      BrokerAccess.to(brokers.named(experiment.name())).close();
    } else {
      EmbeddedBroker.requireRoom(folder);
    }
  }

  private int run(
      Experiment experiment, Catalogue catalogue, DataLibrary library, List<DeviceOffer> devices)
      throws InterruptedException {
    try (Interruption interruption = Interruption.install();
        BrokerAccess broker = interruption.starting(() -> open(experiment))) {
      RunFolder folder = RunFolder.prepare(runs, experiment, Installation.provenance(experiment));
      Workplace workplace =
          new Workplace(
              broker.connection(),
              devices,
              Installation.cpu(experiment.devices()),
              library,
              folder,
              Resumption.IN_FOLDER);
      ExperimentSetup setup =
          new ExperimentSetup(experiment, catalogue, workplace, folder.finished().keySet());
      broker.connection().createTopics(setup.slots(), topics.settings());
      ExperimentView last = run(setup, interruption);
      show(last, folder);
      folder.writeSummary(experiment);
      HtmlReport.write(experiment, folder);
      return exitCode(last, interruption).code();
    }
  }

  private BrokerAccess open(Experiment experiment) {
    String name = experiment.name();
    return brokers.external()
        ? BrokerAccess.to(brokers.named(name))
        : BrokerAccess.embedded(runs.resolve(name).resolve("broker"), brokers, name, console);
  }

  private ExperimentView run(ExperimentSetup setup, Interruption interruption) {
    BrokerConnection broker = setup.workplace().broker();
    try (ExperimentSystem system = ExperimentSystem.start(setup)) {
      interruption.onInterrupt(system::stop);
      ExperimentView last = LiveView.follow(broker, view -> system.isEnded(), console);
      system.await();
      return last;
    }
  }

  private void show(ExperimentView last, RunFolder folder) {
    FinalTable.lines(last, console.terminal().size().width()).forEach(console.out()::println);
    console.out().println("results: " + folder.path());
  }

  private static ExitCode exitCode(ExperimentView last, Interruption interruption) {
    if (interruption.happened()) {
      return ExitCode.INTERRUPTED;
    }
    boolean failed = last.runs().stream().anyMatch(run -> run.phase() == Phase.FAILED);
    return failed ? ExitCode.FAILURE : ExitCode.OK;
  }
}
