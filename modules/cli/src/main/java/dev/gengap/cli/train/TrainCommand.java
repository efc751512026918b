package dev.gengap.cli.train;

import dev.gengap.cli.backend.BackendOptions;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.compute.Backend;
import dev.gengap.core.ExitCode;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.safetensors.TensorExamples;
import dev.gengap.network.safetensors.WeightsFile;
import dev.gengap.training.Hyperparameters;
import dev.gengap.training.LearningRate;
import dev.gengap.training.Minibatch;
import dev.gengap.training.StepResult;
import dev.gengap.training.TrainingSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a network from files to a file. */
@Command(
    name = "train",
    description = {
      "Trains a network offline, from safetensors files. Minibatches are consecutive rows of the",
      "data; optimisers are those of experiment files (docs/experiment-file.md)."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  gengap train --network net.json --init init.safetensors --data train.safetensors"
            + " --batch-size 30 --steps 24 --learning-rate 0.05 --out trained.safetensors")
public final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--network",
      required = true,
      paramLabel = "FILE",
      description = "The network, in the network language.")
  private Path network;

  @Option(
      names = "--init",
      required = true,
      paramLabel = "FILE",
      description = "Its parameters at step 0 (safetensors).")
  private Path init;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Training examples: x float32 (n, ...), y int64 (n) (safetensors).")
  private Path data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the trained parameters go (safetensors).")
  private Path out;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      defaultValue = "128",
      description = "Examples in a minibatch (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(names = "--steps", required = true, paramLabel = "N", description = "Optimiser steps.")
  private int steps;

  @Option(
      names = "--learning-rate",
      paramLabel = "L",
      defaultValue = "0.01",
      description = "Learning rate (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Mixin private OptimiserOptions optimiser;

  @Mixin private BackendOptions backends;

  @Option(
      names = "--dropout-seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of dropout (default: ${DEFAULT-VALUE}).")
  private long dropoutSeed;

  @Mixin private JsonOutput json;

  public TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkOptions();
    NetworkSpec spec = NetworkLanguage.parse(network);
    Weights initial = WeightsFile.load(init, spec);
    ConsecutiveRows rows = new ConsecutiveRows(TensorExamples.load(data, spec), batchSize);
    Hyperparameters hyperparameters =
        new Hyperparameters(batchSize, LearningRate.constant(learningRate), optimiser.rule());
    List<Double> losses = new ArrayList<>();
    double[] millis = new double[steps];
    try (Backend backend = backends.open();
        TrainingSession session =
            new TrainingSession(backend, spec, hyperparameters, initial, dropoutSeed)) {
      for (int step = 0; step < steps; step++) {
        Minibatch minibatch = rows.next();
        long start = System.nanoTime();
        StepResult result = session.step(minibatch);
        millis[step] = (System.nanoTime() - start) / 1e6;
        losses.add(result.lossSum() / result.count());
      }
      WeightsFile.save(out, session.weights(), Map.of("step", Integer.toString(steps)));
    }
    Arrays.sort(millis);
    print(losses, millis[steps / 2]);
    return ExitCode.OK.code();
  }

  private void print(List<Double> losses, double medianMillis) {
    if (json.asked()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("steps", steps);
      document.put("losses", losses);
      document.put("medianStepMillis", medianMillis);
      document.put("out", out.toString());
      json.print(document, console.out());
    } else {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%d steps of %.2f ms (median), loss %.6f to %.6f: %s%n",
              steps,
              medianMillis,
              losses.get(0),
              losses.get(losses.size() - 1),
              out);
    }
  }

  private void checkOptions() {
    List<Problem> problems = new ArrayList<>();
    require(problems, batchSize > 0, "--batch-size", batchSize, "> 0");
    require(problems, steps > 0, "--steps", steps, "> 0");
    require(problems, learningRate > 0, "--learning-rate", learningRate, "> 0");
    problems.addAll(optimiser.problems());
    Path folder = out.toAbsolutePath().getParent();
    require(problems, Files.isWritable(folder), "--out", out, "a file in a folder to write in");
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
  }

  private static void require(
      List<Problem> problems, boolean holds, String name, Object value, String expected) {
    if (!holds) {
      problems.add(Problem.of("", name, value, expected));
    }
  }
}
