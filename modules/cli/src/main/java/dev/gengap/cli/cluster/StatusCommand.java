package dev.gengap.cli.cluster;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.cli.experiment.BrokerOptions;
import dev.gengap.core.ExitCode;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.streams.Brokers;
import dev.gengap.streams.Submissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the experiments submitted to a cluster. */
@Command(
    name = "status",
    description = {
      "Shows the experiments submitted to a cluster: what is wished of each, where its runs are,",
      "what is measured; with NAME its runs one by one, as watch shows them. It reads Kafka alone."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gengap status --bootstrap broker:9092",
      "  gengap status quickstart --bootstrap broker:9092 --json"
    })
public final class StatusCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Experiment that was submitted.")
  private String name;

  @Mixin private BrokerOptions brokers;
  @Mixin private JsonOutput json;

  private StatusCommand(Console console) {
    this.console = console;
  }

  /** The verb, writing to {@code console}. */
  public static CommandLine create(Console console) {
    return BrokerOptions.required(new CommandLine(new StatusCommand(console)));
  }

  @Override
  public Integer call() {
    Brokers named = brokers.named();
    Optional<Submissions> found = Submissions.find(named);
    List<Submission> submitted = List.of();
    if (found.isPresent()) {
      try (Submissions submissions = found.get()) {
        submitted = submissions.all();
      }
    }
    ExperimentViews views = new ExperimentViews(named);
    if (name == null) {
      showAll(submitted, views);
    } else {
      showOne(submitted, views);
    }
    return ExitCode.OK.code();
  }

  private void showAll(List<Submission> submitted, ExperimentViews views) {
    List<ExperimentStatus> all =
        submitted.stream()
            .map(submission -> new ExperimentStatus(submission, views.of(submission.getName())))
            .toList();
    if (json.asked()) {
      json.print(all.stream().map(StatusJson::experiment).toList(), console.out());
    } else if (all.isEmpty()) {
      console.out().println("nothing is submitted");
    } else {
      StatusText.table(all).forEach(console.out()::println);
    }
  }

  private void showOne(List<Submission> submitted, ExperimentViews views) {
    ExperimentStatus status =
        submitted.stream()
            .filter(submission -> submission.getName().equals(name))
            .findFirst()
            .map(submission -> new ExperimentStatus(submission, views.of(name)))
            .orElseThrow(() -> WishRequest.unknown(name, submitted));
    if (json.asked()) {
      json.print(StatusJson.withRuns(status), console.out());
    } else {
      int width = console.terminal().size().width();
      StatusText.runs(status, width).forEach(console.out()::println);
    }
  }
}
