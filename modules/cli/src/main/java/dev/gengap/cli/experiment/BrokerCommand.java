package dev.gengap.cli.experiment;

import dev.gengap.broker.EmbeddedBroker;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.Interruption;
import dev.gengap.core.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a broker alone, for programs that publish what they train themselves. */
@Command(
    name = "broker",
    description = {
      "Runs a broker on this machine for programs that publish by themselves, such as training",
      "loops in Python, or for the nodes of a batch job. Its data stays in the folder. Ctrl-C ends",
      "it."
    },
    footerHeading = "%nExample:%n",
    footer = "  gengap broker runs/from-python")
public final class BrokerCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "Folder of its data.")
  private Path folder;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = EmbeddedBroker.LOOPBACK,
      description = {
        "Name or address of this machine to serve at (default: ${DEFAULT-VALUE}, for programs of",
        "this machine alone). Whoever reaches it may read and write everything."
      })
  private String host;

  public BrokerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    EmbeddedBroker.requireRoom(folder);
    CountDownLatch asked = new CountDownLatch(1);
    try (Interruption interruption = Interruption.install();
        EmbeddedBroker broker = interruption.starting(this::start)) {
      interruption.onInterrupt(asked::countDown);
      console.out().println("export GENGAP_BOOTSTRAP=" + broker.bootstrap());
      console.out().flush();
      asked.await();
    }
    return ExitCode.INTERRUPTED.code();
  }

  private EmbeddedBroker start() {
    return EmbeddedBroker.start(folder, host, problem -> BrokerAccess.diskFailed(problem, console));
  }
}
