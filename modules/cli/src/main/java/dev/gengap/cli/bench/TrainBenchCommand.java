package dev.gengap.cli.bench;

import dev.gengap.cli.backend.BackendOptions;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendInfo;
import dev.gengap.compute.UpdateRule;
import dev.gengap.core.ExitCode;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.network.Initialiser;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Networks;
import dev.gengap.training.Hyperparameters;
import dev.gengap.training.LearningRate;
import dev.gengap.training.TrainingSession;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times whole training steps. */
@Command(
    name = "train",
    description = {
      "Times training steps: the wait for the minibatch, forward, backward and the update, by",
      "stochastic gradient descent with momentum 0.9. Minibatches are ready in memory, or come",
      "through an embedded Kafka broker as they do in an experiment."
    },
    footerHeading = "%nExample:%n",
    footer = "  gengap bench train --network mlp-1x512 --source kafka --payload ids --threads 2")
final class TrainBenchCommand implements Callable<Integer> {
  private static final UpdateRule RULE = new UpdateRule.Sgd(0.9, false, 0);
  private static final double LEARNING_RATE = 0.01;

  private final Console console;

  @Option(
      names = "--network",
      required = true,
      paramLabel = "NAME|FILE",
      description = "A named network, for the data of its paper, or a file.")
  private String network;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "128",
      description = "Examples in a minibatch (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Steps timed (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "5",
      description = "Steps before them (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--source",
      paramLabel = "S",
      defaultValue = "memory",
      converter = Words.OfSource.class,
      description = "Where minibatches come from: memory or kafka (default: ${DEFAULT-VALUE}).")
  private Source source;

  @Option(
      names = "--payload",
      paramLabel = "P",
      defaultValue = "pixels",
      converter = Words.OfPayload.class,
      description = "What Kafka's records carry: pixels or ids (default: ${DEFAULT-VALUE}).")
  private Payload payload;

  @Mixin private BackendOptions backends;

  @Mixin private JsonOutput json;

  /** Where minibatches come from. */
  enum Source {
    MEMORY,
    KAFKA
  }

  TrainBenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Repetitions.requirePositive(Map.of("--batch", batch, "--steps", steps, "--warm-up", warmUp));
    NetworkSpec spec = Networks.resolve(network);
    Hyperparameters hyperparameters =
        new Hyperparameters(batch, LearningRate.constant(LEARNING_RATE), RULE);
    TrainBenchmark benchmark = new TrainBenchmark(warmUp, steps);
    try (BenchmarkSource minibatches = open(spec);
        Backend backend = backends.open();
        TrainingSession session =
            new TrainingSession(
                backend, spec, hyperparameters, Initialiser.FAN_IN_UNIFORM.initialise(spec, 1))) {
      print(backend.info(), benchmark.run(session, minibatches), minibatches.bytes());
    }
    return ExitCode.OK.code();
  }

  private BenchmarkSource open(NetworkSpec spec) {
    return switch (source) {
      case MEMORY -> new MemorySource(batch, spec.features(), spec.classes());
      case KAFKA -> KafkaSource.open(spec, batch, payload);
    };
  }

  private void print(BackendInfo backend, TrainBenchmark.Result result, long bytes) {
    double bytesPerSecond = bytes * result.stepsPerSecond();
    if (json.asked()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("benchmark", "train");
      document.put("network", network);
      document.put("batch", batch);
      document.put("steps", steps);
      document.put("backend", backend.name());
      document.put("device", backend.device());
      document.put("threads", backend.threads());
      document.put("source", Words.of(source));
      if (source == Source.KAFKA) {
        document.put("payload", Words.of(payload));
      }
      document.putAll(result.step().fields());
      document.put("stepsPerSecond", result.stepsPerSecond());
      document.put("bytesPerSecond", bytesPerSecond);
      document.put("cpuMillisPerStep", result.cpuMillisPerStep());
      json.printLine(document, console.out());
      return;
    }
    console
        .out()
        .printf(
            Locale.ROOT,
            "%s on %s: %.2f ms a step (median; least %.2f, 90%% under %.2f), %.1f steps/s,"
                + " %.1f MB/s, %.2f ms of processor time a step%n",
            network,
            backend.device(),
            result.step().medianMillis(),
            result.step().minMillis(),
            result.step().p90Millis(),
            result.stepsPerSecond(),
            bytesPerSecond / 1e6,
            result.cpuMillisPerStep());
  }
}
