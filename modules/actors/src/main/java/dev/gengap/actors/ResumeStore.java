package dev.gengap.actors;

import dev.gengap.compute.UpdateRule;
import dev.gengap.network.NetworkSpec;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.training.TrainingState;

/**
 * The resume points of one run, for the trainer of one assignment: it loads at most once, then
 * saves.
 *
 * <p>Safe for one thread at a time. Caller closes.
 */
interface ResumeStore extends AutoCloseable {

  /**
   * The state {@code point} announces.
   *
   * @param history whether the run goes on with the history of its evaluations
   * @throws dev.gengap.core.UserError if it is damaged, or of another network or optimiser
   */
  TrainingState load(ResumePoint point, NetworkSpec network, UpdateRule rule, boolean history);

  /** Keeps {@code state}; what was kept before stays until that is done. */
  void save(TrainingState state);

  @Override
  void close();
}
