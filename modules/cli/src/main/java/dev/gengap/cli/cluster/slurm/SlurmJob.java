package dev.gengap.cli.cluster.slurm;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An array job whose tasks are the nodes of a cluster.
 *
 * @param files what it works with
 * @param tasks number of nodes, >= 1
 * @param resources what each task is given; SLURM's own defaults for the rest
 * @param bootstrap brokers to use; where empty, task 0 runs one
 * @param options options of {@code gengap node}, and those it shares with {@code gengap submit}
 */
public record SlurmJob(
    SlurmFiles files,
    int tasks,
    Map<SlurmResource, String> resources,
    Optional<String> bootstrap,
    PassedOptions options) {

  /**
   * Options handed through to the commands the tasks run.
   *
   * @param client options of each command that talks to Kafka
   * @param node options of {@code gengap node} alone
   */
  public record PassedOptions(List<String> client, List<String> node) {
    public PassedOptions {
      client = List.copyOf(client);
      node = List.copyOf(node);
    }

    /** Nothing to hand through. */
    public static PassedOptions none() {
      return new PassedOptions(List.of(), List.of());
    }
  }

  /**
   * @throws UserError naming everything about {@code tasks} and {@code resources} that is wrong
   */
  public SlurmJob {
    resources = Map.copyOf(resources);
    List<Problem> problems =
        Stream.concat(
                Stream.of(Problem.of("", "--tasks", tasks, ">= 1")).filter(p -> tasks < 1),
                resources.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .flatMap(given -> given.getKey().problem(given.getValue()).stream()))
            .toList();
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
  }
}
