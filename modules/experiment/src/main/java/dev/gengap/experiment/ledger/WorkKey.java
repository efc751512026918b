package dev.gengap.experiment.ledger;

import dev.gengap.core.RunId;

/**
 * What one measurement is about: it is published once.
 *
 * @param run that was measured
 * @param step of its snapshot
 * @param content hash of the snapshot's weights; empty if the measurement does not say, and then
 *     counts for whatever they are
 * @param measure under its conventions
 */
public record WorkKey(RunId run, long step, String content, MeasureKey measure) {

  /** The measurement of {@code measure} on {@code snapshot}. */
  public static WorkKey of(Snapshot snapshot, MeasureKey measure) {
    return new WorkKey(snapshot.run(), snapshot.step(), snapshot.content(), measure);
  }

  /** The same of weights that are not known. */
  WorkKey ofUnknownContent() {
    return new WorkKey(run, step, "", measure);
  }
}
