package dev.gengap.cli.measure;

import dev.gengap.cli.backend.LocalDevices;
import dev.gengap.cli.backend.ThreadsOption;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.core.ExitCode;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.data.Examples;
import dev.gengap.measures.MeasureListener;
import dev.gengap.measures.MeasureResult;
import dev.gengap.measures.MeasureRunner;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.safetensors.TensorExamples;
import dev.gengap.network.safetensors.WeightsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures one snapshot from files, or each that comes into a folder. */
@Command(
    name = "measure",
    description = {
      "Measures a network from files, offline.",
      "Parameters are safetensors named as nested sequential containers name them (3.weight).",
      "Measures that need --init or --data say so where it is not given.",
      "With --watch, prints a line of JSON for each file and adds to DIR/measurements.csv, until",
      "Ctrl-C; what is there already is not measured again. Write files elsewhere and rename them",
      "into DIR. Their step is `step` in their metadata, or a number in their name; without --init,",
      "the file of the lowest step is the initialisation."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gengap measure --network net.json --weights trained.safetensors --init init.safetensors"
          + " --data train.safetensors --json",
      "  gengap measure --network net.json --watch checkpoints --data train.safetensors"
    })
public final class MeasureCommand implements Callable<Integer> {
  /** A measure that takes longer is announced. */
  private static final double LONG_SECONDS = 10;

  private final Console console;

  @Option(
      names = "--network",
      required = true,
      paramLabel = "FILE",
      description = "The network, in the network language.")
  private Path network;

  @ArgGroup(multiplicity = "1")
  private Source source;

  /** Where parameters come from: exactly one of these. */
  private static final class Source {
    @Option(names = "--weights", paramLabel = "FILE", description = "Its parameters (safetensors).")
    private Path weights;

    @Option(
        names = "--watch",
        paramLabel = "DIR",
        description = "Measures each safetensors file in DIR as it appears.")
    private Path folder;
  }

  @Option(
      names = "--until",
      paramLabel = "STEP",
      description = "With --watch: end once a file of this step, or a later one, is measured.")
  private Long until;

  @Option(
      names = "--once",
      description = "With --watch: end once the files that are there are measured.")
  private boolean once;

  @Option(
      names = "--init",
      paramLabel = "FILE",
      description = "Its parameters at step 0 (safetensors).")
  private Path init;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Training examples: x float32 (n, ...), y int64 (n) (safetensors).")
  private Path data;

  @Option(names = "--test", paramLabel = "FILE", description = "Test examples, likewise.")
  private Path test;

  @Option(
      names = "--use",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "all",
      description = "Measures or groups of them (default: all).")
  private List<String> use;

  @Mixin private ThreadsOption threads;
  @Mixin private SettingOptions settings;
  @Mixin private PluginOptions plugins;
  @Mixin private JsonOutput json;

  public MeasureCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (source.folder == null && (once || until != null)) {
      String option = once ? "--once" : "--until";
      throw new UserError(Problem.of("", option, "given", "none without --watch"));
    }
    NetworkSpec spec = NetworkLanguage.parse(network);
    MeasureTask task =
        new MeasureTask(
            plugins.catalogue().named(use),
            spec,
            Optional.ofNullable(init).map(file -> HashedWeights.load(file, spec)),
            examples(data, spec),
            examples(test, spec),
            settings.settings());
    boolean failed;
    try (MeasureRunner runner = new MeasureRunner(() -> LocalDevices.cpu().open(threads.count()))) {
      failed = source.folder == null ? measureFile(task, runner) : watch(task, runner);
    }
    return (failed ? ExitCode.FAILURE : ExitCode.OK).code();
  }

  private boolean measureFile(MeasureTask task, MeasureRunner runner) {
    List<MeasureResult> results = new ArrayList<>();
    runner.run(
        source.weights.toString(),
        task.snapshot(WeightsFile.load(source.weights, task.network()), task.initial()),
        task.measures(),
        listener(results));
    if (json.asked()) {
      json.print(MeasurementsJson.of(results, device()), console.out());
    } else {
      MeasurementsTable.lines(results).forEach(console.out()::println);
    }
    return results.stream().anyMatch(result -> result.outcome() instanceof Outcome.Failed);
  }

  private boolean watch(MeasureTask task, MeasureRunner runner) throws InterruptedException {
    long last = until == null ? Long.MAX_VALUE : until;
    try (FolderWatch watch =
        FolderWatch.open(source.folder, task, runner, device(), console.err())) {
      watch.follow(once, last, measured -> json.printLine(measured, console.out()));
      return watch.failed();
    }
  }

  private MeasureListener listener(List<MeasureResult> results) {
    return new MeasureListener() {
      @Override
      public void begins(MeasureDescription measure, double seconds) {
        announce(measure, seconds);
      }

      @Override
      public void ended(MeasureResult result) {
        results.add(result);
      }
    };
  }

  private void announce(MeasureDescription measure, double seconds) {
    if (seconds > LONG_SECONDS) {
      console.err().printf("gengap: %s takes about %d s%n", measure.key(), Math.round(seconds));
    }
  }

  private static String device() {
    return LocalDevices.cpu().device().toString();
  }

  private static Optional<Examples> examples(Path file, NetworkSpec spec) {
    return Optional.ofNullable(file).map(path -> TensorExamples.load(path, spec));
  }
}
