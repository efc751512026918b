package dev.gengap.cli.network;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.NetworkSummary;
import dev.gengap.network.Networks;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a network is made of and what it costs. */
@Command(
    name = "network",
    description = {
      "Shows the layers of a network with their shapes, parameters and multiply-adds.",
      "A named network is shown for the data of its paper unless told otherwise."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gengap network inception-small",
      "  gengap network lenet --input 3,32,32 --classes 100 --batch 64",
      "  gengap network my-network.conf --json"
    })
public final class NetworkCommand implements Runnable {
  private final Console console;

  @Parameters(
      paramLabel = "NAME|FILE",
      description = "A named network, mlp-DxW, or a file in the network language.")
  private String network;

  @Option(
      names = "--input",
      split = ",",
      paramLabel = "N",
      description = "Shape of one example: channels,height,width or features.")
  private List<Integer> input;

  @Option(names = "--classes", paramLabel = "N", description = "Classes of the data.")
  private Integer classes;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Examples at once, for the memory of activations (default: 128).")
  private int batch;

  @Mixin private JsonOutput json;

  public NetworkCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    if (batch < 1) {
      throw new UserError(Problem.of("", "--batch", batch, "at least 1"));
    }
    NetworkSummary summary = NetworkSummary.of(resolve());
    if (json.asked()) {
      json.print(NetworkJson.of(network, summary, batch), console.out());
    } else {
      NetworkTable.lines(summary, batch).forEach(console.out()::println);
    }
  }

  private NetworkSpec resolve() {
    NetworkSpec written = Networks.resolve(network);
    if (input == null && classes == null) {
      return written;
    }
    return Networks.resolve(
        network,
        input == null ? written.input() : input,
        classes == null ? written.classes() : classes);
  }
}
