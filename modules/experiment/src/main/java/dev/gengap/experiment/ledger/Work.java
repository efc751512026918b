package dev.gengap.experiment.ledger;

import java.util.List;

/**
 * A snapshot to load and what to measure on it, all at once because measures share quantities.
 *
 * @param snapshot to load
 * @param measures not published yet, in the group's order
 */
public record Work(Snapshot snapshot, List<MeasureKey> measures) {
  public Work {
    measures = List.copyOf(measures);
  }
}
