package dev.gengap.cli;

import dev.gengap.cli.bench.BenchCommand;
import dev.gengap.cli.cluster.CancelCommand;
import dev.gengap.cli.cluster.DeleteCommand;
import dev.gengap.cli.cluster.PauseCommand;
import dev.gengap.cli.cluster.ResumeCommand;
import dev.gengap.cli.cluster.StatusCommand;
import dev.gengap.cli.cluster.SubmitCommand;
import dev.gengap.cli.cluster.node.NodeCommand;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.data.DataCommand;
import dev.gengap.cli.devices.DevicesCommand;
import dev.gengap.cli.experiment.AttachCommand;
import dev.gengap.cli.experiment.BrokerCommand;
import dev.gengap.cli.experiment.PlanCommand;
import dev.gengap.cli.experiment.RunCommand;
import dev.gengap.cli.experiment.WatchCommand;
import dev.gengap.cli.measure.MeasureCommand;
import dev.gengap.cli.measure.MeasuresCommand;
import dev.gengap.cli.network.NetworkCommand;
import dev.gengap.cli.train.TrainCommand;
import dev.gengap.core.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The tree of commands, and how each of them ends. */
final class CommandLines {
  private static final int HELP_WIDTH = 100;

  private CommandLines() {}

  /** All of Gengap's commands, writing to {@code console}. */
  static CommandLine create(Console console) {
    CommandLine root = new CommandLine(new GengapCommand());
    root.addSubcommand(new RunCommand(console));
    root.addSubcommand(new PlanCommand(console));
    root.addSubcommand(new WatchCommand(console));
    root.addSubcommand(new AttachCommand(console));
    root.addSubcommand(NodeCommand.create(console));
    root.addSubcommand(SubmitCommand.create(console));
    root.addSubcommand(StatusCommand.create(console));
    root.addSubcommand(PauseCommand.create(console));
    root.addSubcommand(ResumeCommand.create(console));
    root.addSubcommand(CancelCommand.create(console));
    root.addSubcommand(DeleteCommand.create(console));
    root.addSubcommand(new MeasureCommand(console));
    root.addSubcommand(new MeasuresCommand(console));
    root.addSubcommand(new TrainCommand(console));
    root.addSubcommand(DataCommand.create(console));
    root.addSubcommand(new NetworkCommand(console));
    root.addSubcommand(new DevicesCommand(console));
    root.addSubcommand(new BrokerCommand(console));
    root.addSubcommand(BenchCommand.create(console));
    return configured(root, console);
  }

  /** {@code root} and its subcommands, told where to write and how to fail. */
  static CommandLine configured(CommandLine root, Console console) {
    Failures failures = new Failures(console);
    root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.terminal().live() ? Ansi.ON : Ansi.OFF));
    root.setParameterExceptionHandler(failures::ofParameters);
    root.setExecutionExceptionHandler(failures::ofExecution);
    root.setUsageHelpWidth(HELP_WIDTH);
    root.getCommandSpec().addOption(version());
    document(root);
    return root;
  }

  /**
   * Runs the command {@code args} name.
   *
   * @return the exit code of the process
   */
  static int execute(CommandLine root, Console console, String... args) {
    try {
      return root.execute(args);
    } catch (Error error) {
      // picocli handles exceptions only; an error would show as a stack trace.
      return new Failures(console)
          .unexpected(error, Arrays.asList(args).contains(GengapCommand.DEBUG));
    }
  }

  /** The options of every command and the exit codes it can end with. */
  private static void document(CommandLine command) {
    command.getCommandSpec().addOption(help()).addOption(debug());
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.exitCodeListHeading("%nExit codes:%n");
    usage.exitCodeList(
        Arrays.stream(ExitCode.values())
            .collect(
                Collectors.toMap(
                    code -> String.valueOf(code.code()),
                    CommandLines::meaning,
                    (a, b) -> a,
                    LinkedHashMap::new)));
    for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
      document(sub.getValue());
    }
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help and exit.")
        .build();
  }

  private static OptionSpec version() {
    return OptionSpec.builder("--version")
        .versionHelp(true)
        .description("Show the version and exit.")
        .build();
  }

  /** Read by {@link Main} and {@link Failures}: it concerns no command. */
  private static OptionSpec debug() {
    return OptionSpec.builder(GengapCommand.DEBUG)
        .arity("0")
        .description("Print stack traces, and the log as well, to standard error.")
        .build();
  }

  private static String meaning(ExitCode code) {
    return switch (code) {
      case OK -> "everything asked for was done";
      case FAILURE -> "Gengap itself failed, or a run did";
      case BAD_INPUT -> "bad input: a file, a key, an option, a broker, a disk";
      case INTERRUPTED -> "stopped by Ctrl-C; the same command carries on";
    };
  }
}
