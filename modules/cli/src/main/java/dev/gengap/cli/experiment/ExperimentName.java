package dev.gengap.cli.experiment;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names an experiment on brokers elsewhere. Mixed into commands. */
final class ExperimentName {
  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "Experiment on the brokers named by --bootstrap (default: the only one).")
  private String name;

  /**
   * For commands that know the experiment otherwise.
   *
   * @throws UserError if one was named all the same
   */
  void requireNone() {
    if (name != null) {
      throw new UserError(
          Problem.of("", "--experiment", name, "none: the run folder's manifest names it"));
    }
  }

  /**
   * The experiment that was named, or the only one there is.
   *
   * @throws UserError if none was named and there is not exactly one
   */
  String on(BrokerOptions brokers) {
    if (name != null) {
      return name;
    }
    List<String> found = brokers.experiments();
    if (found.size() != 1) {
      throw new UserError(
          Problem.of("--experiment", "experiments", found, "exactly one, where none is chosen"));
    }
    return found.get(0);
  }
}
