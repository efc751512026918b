package dev.gengap.actors;

/**
 * An experiment of the cluster as one process opened it.
 *
 * <p>Confined to its owner, who closes it.
 */
public interface ClusterExperiment extends AutoCloseable {

  /** What this process has for it. */
  ExperimentSetup setup();

  /** Writes summary and report into the run folder. */
  void summarise();

  @Override
  void close();
}
