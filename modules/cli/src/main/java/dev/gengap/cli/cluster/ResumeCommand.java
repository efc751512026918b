package dev.gengap.cli.cluster;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.experiment.BrokerOptions;
import dev.gengap.protocol.v1.Submission.Wish;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a paused experiment go on. */
@Command(
    name = "resume",
    description = "Lets a paused experiment go on, each run from its newest resume point.",
    footerHeading = "%nExample:%n",
    footer = "  gengap resume quickstart --bootstrap broker:9092")
public final class ResumeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "Experiment that was submitted.")
  private String name;

  @Mixin private BrokerOptions brokers;

  private ResumeCommand(Console console) {
    this.console = console;
  }

  /** The verb, writing to {@code console}. */
  public static CommandLine create(Console console) {
    return BrokerOptions.required(new CommandLine(new ResumeCommand(console)));
  }

  @Override
  public Integer call() {
    return new WishRequest(brokers.named(), name, console).ask(Wish.RUN).code();
  }
}
