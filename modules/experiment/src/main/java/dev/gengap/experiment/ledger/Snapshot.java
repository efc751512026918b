package dev.gengap.experiment.ledger;

import dev.gengap.core.RunId;
import dev.gengap.experiment.Moment;
import java.util.Set;

/**
 * A snapshot as its manifest announces it.
 *
 * @param run it belongs to
 * @param step after which it was taken
 * @param content hash of its weights; empty where nobody knows
 * @param moments of the run it was taken at, if any that the file can name
 */
public record Snapshot(RunId run, long step, String content, Set<Moment> moments) {
  public Snapshot {
    moments = Set.copyOf(moments);
  }
}
