package dev.gengap.cli;

import dev.gengap.cli.console.Console;
import java.util.List;

/** Where the process starts. */
public final class Main {
  private Main() {}

  /** Runs the command {@code args} name and ends the process with its exit code. */
  public static void main(String[] args) {
    if (List.of(args).contains(GengapCommand.DEBUG)) {
      // Before any class asks for a logger: logback.xml reads it once.
      System.setProperty("gengap.console-level", "INFO");
    }
    Console console = Console.ofProcess();
    int code = CommandLines.execute(CommandLines.create(console), console, args);
    console.flush();
    // Threads of libraries must not keep a finished command alive.
    System.exit(code);
  }
}
