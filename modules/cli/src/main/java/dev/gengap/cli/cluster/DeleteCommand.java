package dev.gengap.cli.cluster;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.experiment.BrokerOptions;
import dev.gengap.protocol.v1.Submission.Wish;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes an experiment. */
@Command(
    name = "delete",
    description = {
      "Stops the runs of an experiment and deletes its topics, without asking: snapshots,",
      "measurements, everything. Files in run folders stay."
    },
    footerHeading = "%nExample:%n",
    footer = "  gengap delete quickstart --bootstrap broker:9092 --wait")
public final class DeleteCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "Experiment that was submitted.")
  private String name;

  @Mixin private BrokerOptions brokers;
  @Mixin private WaitOptions wait;

  private DeleteCommand(Console console) {
    this.console = console;
  }

  /** The verb, writing to {@code console}. */
  public static CommandLine create(Console console) {
    return BrokerOptions.required(new CommandLine(new DeleteCommand(console)));
  }

  @Override
  public Integer call() {
    return new WishRequest(brokers.named(), name, console).ask(Wish.DELETE, wait).code();
  }
}
