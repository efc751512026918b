package dev.gengap.cli;

import dev.gengap.cli.console.Console;
import dev.gengap.core.ExitCode;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What the user is told when a command fails: a line for each problem, never a stack trace. */
final class Failures {
  private static final String PREFIX = "gengap: ";

  private final Console console;

  Failures(Console console) {
    this.console = console;
  }

  /** The command line itself is wrong. */
  int ofParameters(ParameterException exception, String[] args) {
    if (exception.getCause() instanceof UserError error) {
      return ofUser(error);
    }
    String command = exception.getCommandLine().getCommandSpec().qualifiedName();
    String message = oneLine(exception.getMessage()).replaceFirst("^Error: ", "");
    line(message + "; see `" + command + " --help`");
    return ExitCode.BAD_INPUT.code();
  }

  /** A command threw {@code exception}. */
  int ofExecution(Exception exception, CommandLine command, ParseResult parsed) {
    if (exception instanceof UserError error) {
      return ofUser(error);
    }
    if (exception instanceof InterruptedException) {
      line("interrupted");
      return ExitCode.INTERRUPTED.code();
    }
    return unexpected(exception, parsed.expandedArgs().contains(GengapCommand.DEBUG));
  }

  /** Something nobody foresaw: one line, and where its stack trace is. */
  int unexpected(Throwable failure, boolean debug) {
    String trace = trace(failure);
    String name = failure.getClass().getSimpleName();
    String message = failure.getMessage() == null ? "" : ": " + oneLine(failure.getMessage());
    if (debug) {
      console.err().print(trace);
      line(name + message);
    } else {
      line(name + message + "; " + kept(trace));
    }
    return ExitCode.FAILURE.code();
  }

  private int ofUser(UserError error) {
    error.problems().forEach(problem -> line(oneLine(problem.toString())));
    return ExitCode.BAD_INPUT.code();
  }

  private static String kept(String trace) {
    try {
      Path file = Files.createTempFile("gengap-failure-", ".txt");
      Files.writeString(file, trace);
      return "stack trace in " + file;
    } catch (IOException e) {
      return "add --debug for the stack trace, which could not be written: " + e.getMessage();
    }
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private void line(String text) {
    console.err().println(PREFIX + text);
  }
}
