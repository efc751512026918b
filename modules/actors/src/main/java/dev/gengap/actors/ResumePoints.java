package dev.gengap.actors;

import dev.gengap.core.RunId;
import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.v1.ResumePoint;
import java.util.Collection;
import java.util.Optional;

/**
 * Where runs go on after they were stopped or lost, for whoever assigns them to trainers.
 *
 * <p>Confined to one thread. Caller closes.
 */
interface ResumePoints extends AutoCloseable {

  /**
   * The newest point from which {@code run} can go on.
   *
   * @param owner whose its steps are
   * @throws dev.gengap.core.UserError if there is one that cannot be read
   */
  Optional<ResumePoint> newest(RunId run, StepOwner owner);

  /** Removes what is kept of {@code runs}, if anything: they begin anew. */
  void clear(Collection<RunId> runs);

  /** Removes what is kept of {@code run}, if anything, by the next sweep: it does not go on. */
  void delete(RunId run);

  /** Removes what is still there of what was deleted; to be called now and then. */
  void sweep();

  @Override
  void close();
}
