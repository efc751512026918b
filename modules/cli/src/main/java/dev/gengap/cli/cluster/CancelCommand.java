package dev.gengap.cli.cluster;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.experiment.BrokerOptions;
import dev.gengap.protocol.v1.Submission.Wish;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Stops an experiment for good. */
@Command(
    name = "cancel",
    description = {
      "Stops the runs of an experiment for good. Its results stay.",
      "Submitting its file again carries on."
    },
    footerHeading = "%nExample:%n",
    footer = "  gengap cancel quickstart --bootstrap broker:9092")
public final class CancelCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "Experiment that was submitted.")
  private String name;

  @Mixin private BrokerOptions brokers;
  @Mixin private WaitOptions wait;

  private CancelCommand(Console console) {
    this.console = console;
  }

  /** The verb, writing to {@code console}. */
  public static CommandLine create(Console console) {
    return BrokerOptions.required(new CommandLine(new CancelCommand(console)));
  }

  @Override
  public Integer call() {
    return new WishRequest(brokers.named(), name, console).ask(Wish.CANCEL, wait).code();
  }
}
