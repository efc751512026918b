package dev.gengap.cli.experiment;

import dev.gengap.broker.BrokerAddress;
import dev.gengap.cli.console.Console;
import dev.gengap.core.ExitCode;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.monitor.ExperimentView;
import dev.gengap.monitor.FinalTable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows an experiment from another process, by consuming Kafka alone. */
@Command(
    name = "watch",
    description = {
      "Shows an experiment, running or ended, from another process.",
      "Everything it shows is consumed from Kafka, from the first record on."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gengap watch runs/quickstart",
      "  gengap watch --bootstrap broker:9092 --experiment quickstart"
    })
public final class WatchCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RUNFOLDER",
      arity = "0..1",
      description = "Run folder of an experiment with its own broker.")
  private Path runFolder;

  @Mixin private ExperimentName experiment;
  @Mixin private BrokerOptions brokers;

  public WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ExperimentView last = brokers.external() ? watchBrokers() : watchFolder();
    FinalTable.lines(last, console.terminal().size().width()).forEach(console.out()::println);
    if (last.complete()) {
      return ExitCode.OK.code();
    }
    console.err().println("gengap: the experiment was cut short; run it again to carry on");
    return ExitCode.FAILURE.code();
  }

  private ExperimentView watchBrokers() {
    try (BrokerAccess access = BrokerAccess.to(brokers.named(experiment.on(brokers)))) {
      // Whoever stopped the experiment may carry on from anywhere.
      return LiveView.watch(access.connection(), () -> false, console);
    }
  }

  private ExperimentView watchFolder() {
    if (runFolder == null) {
      throw new UserError(
          Problem.of("", "what to watch", "nothing", "a run folder, or --bootstrap")
              .withRemedy("gengap watch runs/<experiment>"));
    }
    RunFolder folder = RunFolder.open(runFolder);
    String name = folder.manifest().path("experiment").asText();
    Path data = folder.brokerFolder();
    Optional<BrokerAddress> running = BrokerAddress.ofRunning(data);
    if (running.isEmpty()) {
      try (BrokerAccess own = BrokerAccess.embedded(data, brokers, name, console)) {
        return LiveView.watch(own.connection(), () -> true, console);
      }
    }
    ExperimentView seen;
    try (BrokerAccess access = BrokerAccess.to(brokers.own(running.get().bootstrap(), name))) {
      seen =
          LiveView.watch(
              access.connection(), () -> BrokerAddress.ofRunning(data).isEmpty(), console);
    }
    return seen.complete() ? seen : rest(data, name);
  }

  /** The broker went away, perhaps before its last records came. */
  private ExperimentView rest(Path data, String name) {
    try (BrokerAccess own = BrokerAccess.embedded(data, brokers, name, console)) {
      return LiveView.now(own.connection());
    }
  }
}
