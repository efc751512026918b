package dev.gengap.cli.cluster.slurm;

import dev.gengap.core.Problem;
import java.util.Optional;
import java.util.regex.Pattern;

/** What each task of the array may be given, as the options of Gengap and of sbatch name it. */
public enum SlurmResource {
  /** Time limit; the task is told two minutes before. */
  TIME(
      "--time",
      "--time=",
      "([0-9]+-)?[0-9]+(:[0-9]{1,2}){0,2}",
      "minutes, hours:minutes:seconds or days-hours:minutes:seconds"),
  /** Processors. */
  CPUS("--cpus", "--cpus-per-task=", "[1-9][0-9]*", "a number >= 1"),
  /** Memory. */
  MEM("--mem", "--mem=", "[1-9][0-9]*[KMGT]?", "a size such as 16G"),
  /** Graphics processors: a number, or a type and a number. */
  GPUS("--gpus", "--gres=gpu:", "([A-Za-z0-9_.-]+:)?[1-9][0-9]*", "a number, or TYPE:NUMBER"),
  /** Partition, or several separated by commas. */
  PARTITION("--partition", "--partition=", "[A-Za-z0-9_.,@+-]+", "the name of a partition"),
  /** Account that pays. */
  ACCOUNT("--account", "--account=", "[A-Za-z0-9_.@+-]+", "the name of an account");

  private final String option;
  private final String directive;
  private final Pattern values;
  private final String expected;

  SlurmResource(String option, String directive, String values, String expected) {
    this.option = option;
    this.directive = directive;
    this.values = Pattern.compile(values);
    this.expected = expected;
  }

  /** What is wrong with {@code value}, if anything is. */
  Optional<Problem> problem(String value) {
    return values.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(Problem.of("", option, value, expected));
  }

  /** The line's part after {@code #SBATCH}. */
  String directive(String value) {
    return directive + value;
  }
}
