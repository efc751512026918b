package dev.gengap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.cli.console.Console;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.monitor.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = new Console(stream(out), stream(err), new Terminal(false));

  /** A command that ends as it is told. */
  @Command(name = "fail")
  private record Failing(Callable<Integer> body) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return body.call();
    }
  }

  @Test
  void version_isMavens() {
    assertThat(execute("--version")).isZero();
    assertThat(text(out)).matches("gengap \\d+\\.\\d+\\.\\d+\\S* \\(Java \\d+.*\\)\\R");
  }

  @Test
  void help_ofEveryCommand_hasExitCodesAndAnExample() {
    assertThat(commands(CommandLines.create(console)))
        .allSatisfy(
            command ->
                assertThat(command.getUsageMessage())
                    .contains("Usage: gengap", "Exit codes:", "130   stopped by Ctrl-C")
                    .containsPattern("Examples?:\\R  gengap "));
  }

  @Test
  void command_missing_isOneLine() {
    assertThat(execute()).isEqualTo(2);
    assertThat(text(err)).isEqualTo("gengap: a command is missing; see `gengap --help`\n");
  }

  @Test
  void option_unknown_isOneLine() {
    assertThat(execute("--colour")).isEqualTo(2);
    assertThat(text(err)).isEqualTo("gengap: Unknown option: '--colour'; see `gengap --help`\n");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void userError_isALineForEachProblem() {
    int code =
        fail(
            () -> {
              throw new UserError(
                  List.of(
                      Problem.of("a.conf: 3", "condition.p", 2, "0 … 1"),
                      Problem.of("a.conf: 9", "sed", 1, "a known key").withRemedy("say seed")));
            });

    assertThat(code).isEqualTo(2);
    assertThat(text(err))
        .isEqualTo(
            """
            gengap: a.conf: 3: condition.p: 2 (expected: 0 … 1)
            gengap: a.conf: 9: sed: 1 (expected: a known key); say seed
            """);
  }

  @Test
  void exception_isOneLineThatNamesTheStackTrace() throws IOException {
    int code =
        fail(
            () -> {
              throw new IllegalStateException("two\nlines");
            });

    assertThat(code).isEqualTo(1);
    assertThat(text(err))
        .matches("gengap: IllegalStateException: two lines; stack trace in \\S+\\R");
    Path trace = Path.of(text(err).strip().replaceFirst(".* in ", ""));
    assertThat(trace).content().contains("\tat ");
    Files.delete(trace);
  }

  @Test
  void error_isHandledLikeAnException() throws IOException {
    int code =
        fail(
            () -> {
              throw new StackOverflowError();
            });

    assertThat(code).isEqualTo(1);
    assertThat(text(err)).startsWith("gengap: StackOverflowError; stack trace in ");
    Files.delete(Path.of(text(err).strip().replaceFirst(".* in ", "")));
  }

  @Test
  void exception_withDebug_showsTheStackTrace() {
    int code =
        fail(
            () -> {
              throw new IllegalStateException("broken");
            },
            "--debug");

    assertThat(code).isEqualTo(1);
    assertThat(text(err))
        .contains("java.lang.IllegalStateException: broken\n\tat ")
        .endsWith("gengap: IllegalStateException: broken\n");
  }

  @Test
  void interruption_hasItsOwnExitCode() {
    int code =
        fail(
            () -> {
              throw new InterruptedException();
            });

    assertThat(code).isEqualTo(130);
    assertThat(text(err)).isEqualTo("gengap: interrupted\n");
  }

  private int execute(String... args) {
    return CommandLines.execute(CommandLines.create(console), console, args);
  }

  private int fail(Callable<Integer> body, String... options) {
    CommandLine root = new CommandLine(new GengapCommand()).addSubcommand(new Failing(body));
    String[] args = Stream.concat(Stream.of("fail"), Stream.of(options)).toArray(String[]::new);
    return CommandLines.execute(CommandLines.configured(root, console), console, args);
  }

  private static List<CommandLine> commands(CommandLine command) {
    return Stream.concat(
            Stream.of(command),
            command.getSubcommands().values().stream().flatMap(sub -> commands(sub).stream()))
        .toList();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
