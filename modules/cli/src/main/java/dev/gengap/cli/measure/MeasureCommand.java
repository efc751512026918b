package dev.gengap.cli.measure;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.core.ExitCode;
import dev.gengap.data.Examples;
import dev.gengap.measures.Catalogue;
import dev.gengap.measures.MeasureResult;
import dev.gengap.measures.MeasuredSnapshot;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.SnapshotMeasures;
import dev.gengap.measures.api.Measure;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.execution.BackendEvaluator;
import dev.gengap.network.safetensors.TensorExamples;
import dev.gengap.network.safetensors.WeightsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures one snapshot from files. */
@Command(
    name = "measure",
    description = {
      "Measures a network from files, offline.",
      "Parameters are safetensors named as nested sequential containers name them (3.weight).",
      "Measures that need --init or --data say so where it is not given."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  gengap measure --network net.json --weights trained.safetensors --init init.safetensors"
            + " --data train.safetensors --json")
public final class MeasureCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--network",
      required = true,
      paramLabel = "FILE",
      description = "The network, in the network language.")
  private Path network;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "Its parameters (safetensors).")
  private Path weights;

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

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of the backend (default: 1).")
  private int threads;

  @Mixin private JsonOutput json;

  public MeasureCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Measure> measures = Catalogue.named(use);
    NetworkSpec spec = NetworkLanguage.parse(network);
    MeasuredSnapshot snapshot =
        new MeasuredSnapshot(
            spec,
            load(weights, spec),
            load(Optional.ofNullable(init), spec),
            examples(data, spec),
            examples(test, spec),
            0);
    List<MeasureResult> results;
    try (Backend backend = Nd4jBackend.create(threads);
        BackendEvaluator evaluator = new BackendEvaluator(backend, spec, Precision.FLOAT64)) {
      results = SnapshotMeasures.run(measures, snapshot, evaluator);
    }
    if (json.asked()) {
      json.print(MeasurementsJson.of(results), console.out());
    } else {
      MeasurementsTable.lines(results).forEach(console.out()::println);
    }
    boolean failed = results.stream().anyMatch(r -> r.outcome() instanceof Outcome.Failed);
    return (failed ? ExitCode.FAILURE : ExitCode.OK).code();
  }

  private static Weights load(Path file, NetworkSpec spec) {
    return WeightsFile.load(file, spec);
  }

  private static Optional<Weights> load(Optional<Path> file, NetworkSpec spec) {
    return file.map(path -> load(path, spec));
  }

  private static Optional<Examples> examples(Path file, NetworkSpec spec) {
    return Optional.ofNullable(file).map(path -> TensorExamples.load(path, spec));
  }
}
