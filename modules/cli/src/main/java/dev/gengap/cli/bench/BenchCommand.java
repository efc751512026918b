package dev.gengap.cli.bench;

import dev.gengap.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures speed. */
@Command(
    name = "bench",
    description =
        "Measures how fast this machine trains, multiplies matrices, convolves and works off runs.",
    footerHeading = "%nExample:%n",
    footer = "  gengap bench train --network alexnet-small --steps 30 --threads 2 --json")
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  private BenchCommand() {}

  /** The verb with its subcommands, writing to {@code console}. */
  public static CommandLine create(Console console) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new TrainBenchCommand(console))
        .addSubcommand(new GemmBenchCommand(console))
        .addSubcommand(new ConvBenchCommand(console))
        .addSubcommand(new RunsBenchCommand(console));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a benchmark is missing");
  }
}
