package dev.gengap.cli.cluster;

import dev.gengap.cli.cluster.slurm.SlurmJob;
import dev.gengap.cli.cluster.slurm.SlurmOptions;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.cli.experiment.BrokerOptions;
import dev.gengap.cli.experiment.ShippedEnvironment;
import dev.gengap.cli.experiment.TopicOptions;
import dev.gengap.cli.measure.PluginOptions;
import dev.gengap.core.ExitCode;
import dev.gengap.experiment.Environment;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.file.ExperimentFile;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.protocol.v1.Submission.Wish;
import dev.gengap.streams.Brokers;
import dev.gengap.streams.Submissions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands an experiment to a cluster. */
@Command(
    name = "submit",
    description = {
      "Checks an experiment file and hands it to a cluster, whose nodes run it; nothing runs here.",
      "The same file again lets a paused or cancelled experiment carry on."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gengap submit config/quickstart.conf --bootstrap broker:9092",
      "  gengap submit config/quickstart.conf --slurm job.sbatch --shared /scratch/me --tasks 4"
    })
public final class SubmitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "Experiment file.")
  private Path file;

  @Option(
      names = "--replace",
      description = "Take the place of another experiment of the same name.")
  private boolean replace;

  @Mixin private TopicOptions topics;
  @Mixin private BrokerOptions brokers;
  @Mixin private PluginOptions plugins;
  @Mixin private JsonOutput json;
  @Mixin private SlurmOptions slurm;

  @Spec private CommandSpec spec;

  private SubmitCommand(Console console) {
    this.console = console;
  }

  /** The verb, writing to {@code console}. */
  public static CommandLine create(Console console) {
    return BrokerOptions.described(
        new CommandLine(new SubmitCommand(console)),
        "Brokers to use, comma-separated; with --slurm the array job's first task runs one if none"
            + " are named.");
  }

  @Override
  public Integer call() {
    boolean script = slurm.wanted();
    if (!script && !brokers.external()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Missing required option: '--bootstrap=HOST:PORT'");
    }
    Environment environment = ShippedEnvironment.create(plugins.catalogue());
    Experiment experiment = ExperimentFile.load(file, environment);
    experiment.notes().forEach(note -> console.err().println("gengap: note: " + note));
    if (script) {
      return writeScript();
    }
    Submission wanted =
        Submission.newBuilder()
            .setName(experiment.name())
            .setConfig(ExperimentFile.portable(file, environment))
            .setWish(Wish.RUN)
            .setSubmittedMillis(System.currentTimeMillis())
            .build();
    Brokers named = brokers.named();
    try (Submissions submissions = Submissions.open(named, topics.settings())) {
      show(experiment, new SubmitRequest(submissions, named, replace).submit(wanted));
    }
    return ExitCode.OK.code();
  }

  private int writeScript() {
    Path script =
        slurm.write(
            ShippedEnvironment.home().resolve("bin/gengap"),
            file,
            Optional.ofNullable(brokers.address()),
            new SlurmJob.PassedOptions(PassedWords.of(spec), List.of()));
    console.out().println("wrote " + script + "; next: sbatch " + script);
    return ExitCode.OK.code();
  }

  private void show(Experiment experiment, SubmitRequest.Answer answer) {
    String name = experiment.name();
    int runs = experiment.runs().size();
    if (json.asked()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("experiment", name);
      all.put("answer", answer.key());
      all.put("runs", runs);
      json.print(all, console.out());
      return;
    }
    String counted = runs + (runs == 1 ? " run" : " runs");
    console.out().println(name + ": " + answer.words() + "; " + counted);
    console
        .out()
        .println(
            "Next a node with role coordinator works it off, after what was submitted before; until"
                + " one is up nothing happens.");
    console.out().println("See gengap status " + name + " --bootstrap " + brokers.address());
  }
}
