package dev.gengap.actors;

import dev.gengap.streams.Submissions;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * What a node of a cluster needs of the rest of the program.
 *
 * <p>Safe for any thread.
 */
public interface ClusterKit {

  /** Opens the topic of submissions, each time anew; the caller closes. */
  Supplier<Submissions> submissions();

  /**
   * Opens an experiment that was submitted, for this process; the caller closes.
   *
   * <p>It throws a {@link dev.gengap.core.UserError} if it is not there, or this process lacks
   * something that it needs.
   */
  Function<ExperimentRef, ClusterExperiment> opening();

  /** Sees to it that so many lanes of the experiment exist. */
  IntConsumer lanes(ExperimentSetup setup);

  /** Deletes the topics of an experiment, and then its submission. */
  void delete(String name);
}
