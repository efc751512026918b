package dev.gengap.cli.cluster;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.experiment.BrokerOptions;
import dev.gengap.protocol.v1.Submission.Wish;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Stops an experiment for a while. */
@Command(
    name = "pause",
    description = {
      "Stops the runs of an experiment at their next step, until it is resumed.",
      "They carry on from their resume points."
    },
    footerHeading = "%nExample:%n",
    footer = "  gengap pause quickstart --bootstrap broker:9092 --wait")
public final class PauseCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "Experiment that was submitted.")
  private String name;

  @Mixin private BrokerOptions brokers;
  @Mixin private WaitOptions wait;

  private PauseCommand(Console console) {
    this.console = console;
  }

  /** The verb, writing to {@code console}. */
  public static CommandLine create(Console console) {
    return BrokerOptions.required(new CommandLine(new PauseCommand(console)));
  }

  @Override
  public Integer call() {
    return new WishRequest(brokers.named(), name, console).ask(Wish.PAUSE, wait).code();
  }
}
