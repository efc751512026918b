package dev.gengap.cli.cluster.node;

import dev.gengap.actors.ClusterNode;
import dev.gengap.actors.DataLibrary;
import dev.gengap.actors.NodeSettings;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.Interruption;
import dev.gengap.cli.data.DataFolder;
import dev.gengap.cli.experiment.BrokerOptions;
import dev.gengap.cli.experiment.TopicOptions;
import dev.gengap.cli.measure.PluginOptions;
import dev.gengap.cli.version.Version;
import dev.gengap.core.ExitCode;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.Brokers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Is one process of a cluster, until it is asked to end. */
@Command(
    name = "node",
    description = {
      "Joins a cluster and works on what is submitted to it: coordinates, feeds, trains, measures.",
      "Ctrl-C or SIGTERM leaves the cluster, with code 130 or 143; another node carries on where",
      "this one stood."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gengap node --bootstrap broker:9092",
      "  gengap node --bootstrap broker:9092 --roles trainer --host 10.0.0.7"
    })
public final class NodeCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Folder of run folders, the same for all nodes if it can be (default: runs).")
  private Path runs;

  @Option(
      names = "--health",
      paramLabel = "FILE",
      description = "A file to touch every 5 s while the node belongs to a cluster.")
  private Path health;

  @Option(
      names = "--bootstrap-file",
      paramLabel = "FILE",
      description = "In place of --bootstrap: a file whose first line says the same.")
  private Path bootstrapFile;

  @Option(
      names = "--until-idle",
      description = "End once everything submitted is done, or cannot be.")
  private boolean untilIdle;

  @Mixin private NodeOptions node;
  @Mixin private DataFolder data;
  @Mixin private BrokerOptions brokers;
  @Mixin private TopicOptions topics;
  @Mixin private PluginOptions plugins;

  private NodeCommand(Console console) {
    this.console = console;
  }

  /** The verb, writing to {@code console}. */
  public static CommandLine create(Console console) {
    return BrokerOptions.described(
        new CommandLine(new NodeCommand(console)), "Brokers to use, comma-separated.");
  }

  @Override
  public Integer call() throws InterruptedException {
    Brokers named = named();
    NodeKit kit =
        new NodeKit(
            named,
            topics.settings(),
            node.roles(),
            plugins.catalogue(),
            new DataLibrary(data.optional()),
            runs);
    NodeSettings settings = node.settings(agreement(named));
    Work work = untilIdle ? Work.untilDone(kit) : Work.endless();
    try (work;
        Interruption interruption = Interruption.install()) {
      boolean givenUp = false;
      while (!interruption.happened() && !work.isDone()) {
        Membership.Purpose purpose =
            new Membership.Purpose(Optional.ofNullable(health), work, console);
        live(settings, kit, purpose, interruption, givenUp);
        givenUp = true;
      }
      if (interruption.happened()) {
        return ExitCode.INTERRUPTED.code();
      }
    }
    work.requireNoProblem();
    return ExitCode.OK.code();
  }

  private Brokers named() {
    if (brokers.external() == (bootstrapFile != null)) {
      throw new UserError(
          Problem.of(
              "",
              "--bootstrap",
              brokers.external() ? "given besides --bootstrap-file" : "not given",
              "one of --bootstrap and --bootstrap-file"));
    }
    return bootstrapFile == null ? brokers.named() : brokers.at(firstLine(bootstrapFile));
  }

  private static String firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .findFirst()
          .orElseThrow(
              () ->
                  new UserError(
                      Problem.of("", "--bootstrap-file", file, "a file that is not empty")));
    } catch (IOException e) {
      throw new UserError(
          Problem.of(
              "",
              "--bootstrap-file",
              file,
              "a file that can be read: " + e.getClass().getSimpleName()),
          e);
    }
  }

  private static NodeSettings.Agreement agreement(Brokers brokers) {
    try (BrokerConnection connection = BrokerConnection.open(brokers.experiment("any"))) {
      return new NodeSettings.Agreement(Version.ofGengap(), connection.clusterId());
    }
  }

  /** One membership: a node that the others gave up begins another. */
  private void live(
      NodeSettings settings,
      NodeKit kit,
      Membership.Purpose purpose,
      Interruption interruption,
      boolean givenUp)
      throws InterruptedException {
    try (ClusterNode member = ClusterNode.start(settings, kit);
        Membership membership = new Membership(member, new Neighbours(kit), purpose)) {
      interruption.onInterrupt(membership::end);
      console.out().println("node " + member.address() + ": " + kit.roles());
      if (givenUp) {
        membership.joinAgain();
      } else {
        membership.join(node.seeds());
      }
      membership.await();
      if (member.isRefused()) {
        throw new UserError(
            Problem.of(
                    "",
                    "node",
                    settings.agreement().version()
                        + " at brokers "
                        + settings.agreement().brokers(),
                    "the version and the brokers of the cluster's other nodes")
                .withRemedy(
                    "the logs of the others say what they have; start this node like them"));
      }
      if (!interruption.happened() && !purpose.work().isDone()) {
        console.err().println("gengap: the cluster gave this node up; it joins anew");
      }
    }
  }
}
