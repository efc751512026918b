package dev.gengap.cli.cluster.slurm;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that ask for an array job of SLURM in place of a submission. Mixed into commands. */
public final class SlurmOptions {
  @Option(
      names = "--slurm",
      paramLabel = "OUT.sbatch",
      description = {
        "Submits nothing, but writes an array job for sbatch whose tasks are the nodes; task 0",
        "submits the experiment and, without --bootstrap, runs the broker."
      })
  private Path script;

  @Option(
      names = "--shared",
      paramLabel = "DIR",
      description = {
        "Of --slurm: folder on a disk all machines share, for the broker's data, runs and logs",
        "(default: gengap-slurm beside the script)."
      })
  private Path shared;

  @Option(names = "--tasks", paramLabel = "N", description = "Of --slurm: nodes (default: 1).")
  private Integer tasks;

  private final Map<SlurmResource, String> resources = new EnumMap<>(SlurmResource.class);

  @Option(names = "--time", paramLabel = "T", description = "Of --slurm: time limit of a task.")
  void time(String value) {
    resources.put(SlurmResource.TIME, value);
  }

  @Option(names = "--cpus", paramLabel = "N", description = "Of --slurm: processors of a task.")
  void cpus(String value) {
    resources.put(SlurmResource.CPUS, value);
  }

  @Option(names = "--mem", paramLabel = "SIZE", description = "Of --slurm: memory of a task.")
  void mem(String value) {
    resources.put(SlurmResource.MEM, value);
  }

  @Option(
      names = "--gpus",
      paramLabel = "[TYPE:]N",
      description = "Of --slurm: graphics processors of a task.")
  void gpus(String value) {
    resources.put(SlurmResource.GPUS, value);
  }

  @Option(names = "--partition", paramLabel = "NAME", description = "Of --slurm: partition.")
  void partition(String value) {
    resources.put(SlurmResource.PARTITION, value);
  }

  @Option(names = "--account", paramLabel = "NAME", description = "Of --slurm: who pays.")
  void account(String value) {
    resources.put(SlurmResource.ACCOUNT, value);
  }

  /**
   * Whether a script is wanted.
   *
   * @throws UserError if none is, but options of one were given
   */
  public boolean wanted() {
    if (script == null && (shared != null || tasks != null || !resources.isEmpty())) {
      throw new UserError(
          Problem.of(
              "", "--slurm", "not given", "a file, where options of an array job are given"));
    }
    return script != null;
  }

  /**
   * Writes the script, and creates the folders it needs. Only where {@link #wanted}.
   *
   * @param gengap the command the tasks start
   * @param experiment the experiment file
   * @param bootstrap brokers to use; where empty, task 0 runs one
   * @return the file
   * @throws UserError if an option is wrong, or the file or folder cannot be written
   */
  public Path write(
      Path gengap, Path experiment, Optional<String> bootstrap, SlurmJob.PassedOptions options) {
    Path file = script.toAbsolutePath().normalize();
    Path folder = shared == null ? file.resolveSibling("gengap-slurm") : shared;
    SlurmFiles files = new SlurmFiles(gengap, experiment, folder);
    int nodes = tasks == null ? 1 : tasks;
    SlurmJob job = new SlurmJob(files, nodes, resources, bootstrap, options);
    try {
      Files.createDirectories(files.logs());
      Files.writeString(file, SlurmScript.of(job).text());
    } catch (IOException e) {
      throw new UserError(
          Problem.of("--slurm", e.getMessage(), e.getClass().getSimpleName(), "can be written"), e);
    }
    return file;
  }
}
