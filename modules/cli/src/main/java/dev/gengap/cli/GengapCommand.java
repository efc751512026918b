package dev.gengap.cli;

import dev.gengap.cli.version.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command every other one is a part of. */
@Command(
    name = "gengap",
    versionProvider = Version.class,
    description =
        "Streams minibatches to trainers and measures, while they train, why they generalize.",
    footerHeading = "%nExample:%n",
    footer = "  gengap run config/quickstart.conf")
final class GengapCommand implements Runnable {
  static final String DEBUG = "--debug";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
