package dev.gengap.cli.bench;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.core.ExitCode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times what runs cost beside their arithmetic. */
@Command(
    name = "runs",
    description = {
      "Times an experiment whose runs are one step each on a device that computes nothing: what is",
      "left is actors, feeds, Kafka through an embedded broker, and the run folder."
    },
    footerHeading = "%nExample:%n",
    footer = "  gengap bench runs --runs 1000 --slots 8")
final class RunsBenchCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "100",
      description = "Runs of the experiment (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "8",
      description = "Runs at once (default: ${DEFAULT-VALUE}).")
  private int slots;

  @Mixin private JsonOutput json;

  RunsBenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Repetitions.requirePositive(Map.of("--runs", runs, "--slots", slots));
    RunsBenchmark.Result result = new RunsBenchmark(runs, slots).run();
    double millisPerRun = 1e3 * result.seconds() / runs;
    if (json.asked()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("benchmark", "runs");
      document.put("runs", runs);
      document.put("slots", slots);
      document.put("seconds", result.seconds());
      document.put("millisPerRun", millisPerRun);
      document.put("heapBytes", result.heapBytes());
      document.put("threads", result.threads());
      json.printLine(document, console.out());
    } else {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%d runs on %d slots: %.1f ms a run, %.1f s in all, %.1f MB held, %d threads%n",
              runs,
              slots,
              millisPerRun,
              result.seconds(),
              result.heapBytes() / 1e6,
              result.threads());
    }
    return ExitCode.OK.code();
  }
}
