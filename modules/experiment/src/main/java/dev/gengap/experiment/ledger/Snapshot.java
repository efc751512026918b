package dev.gengap.experiment.ledger;

import dev.gengap.core.RunId;
import dev.gengap.experiment.Moment;
import java.util.Set;

/**
 * A snapshot as its manifest announces it.
 *
 * @param run it belongs to
 * @param step after which it was taken
 * @param moments of the run it was taken at, if any that the file can name
 */
public record Snapshot(RunId run, long step, Set<Moment> moments) {
  public Snapshot {
    moments = Set.copyOf(moments);
  }
}
