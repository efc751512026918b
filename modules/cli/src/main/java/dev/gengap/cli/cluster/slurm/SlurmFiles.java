package dev.gengap.cli.cluster.slurm;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.nio.file.Path;

/**
 * The files of a job, each on a disk that all machines share, by the same absolute path.
 *
 * @param gengap the command to start
 * @param experiment the experiment file; task 0 submits it
 * @param shared folder of the broker's data, the runs, the logs and what tasks tell one another
 */
public record SlurmFiles(Path gengap, Path experiment, Path shared) {
  /**
   * @throws UserError if {@code shared} has characters that sbatch reads in its own way
   */
  public SlurmFiles {
    gengap = gengap.toAbsolutePath().normalize();
    experiment = experiment.toAbsolutePath().normalize();
    shared = shared.toAbsolutePath().normalize();
    if (!shared.toString().matches("[^%\"\\\\\\p{Cntrl}]+")) {
      throw new UserError(
          Problem.of(
              "", "--shared", shared, "a path without %, quotes, \\ and control characters"));
    }
  }

  /** Where the tasks' output goes; it has to exist when the job is submitted. */
  Path logs() {
    return shared.resolve("logs");
  }
}
