package dev.gengap.actors;

import dev.gengap.core.RunId;
import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.streams.ResumeIndex;
import java.util.Collection;
import java.util.Optional;

/**
 * Resume points on Kafka, for trainers on any machine. Confined to the thread of the index.
 *
 * @param index of them, closed with this
 */
record TopicResumePoints(ResumeIndex index) implements ResumePoints {

  /** Asks Kafka only of a run that was assigned before. */
  @Override
  public Optional<ResumePoint> newest(RunId run, StepOwner owner) {
    return owner.equals(StepOwner.UNKNOWN) ? Optional.empty() : index.newest(run.value(), owner);
  }

  @Override
  public void clear(Collection<RunId> runs) {
    index.clear(runs.stream().map(RunId::value).toList());
  }

  @Override
  public void delete(RunId run) {
    index.delete(run.value());
  }

  @Override
  public void sweep() {
    index.sweep();
  }

  @Override
  public void close() {
    index.close();
  }
}
