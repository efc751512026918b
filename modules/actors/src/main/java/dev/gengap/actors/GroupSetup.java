package dev.gengap.actors;

import dev.gengap.experiment.MeasureGroup;
import dev.gengap.measures.api.Measure;
import dev.gengap.protocol.v1.Measurement;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A measure group about to work.
 *
 * @param group what it measures, and when
 * @param measures those it names
 * @param runs whether the snapshots of a run, by its id, are measured
 * @param workplace where it works
 * @param end once complete, the group ends as soon as nothing is left to measure
 * @param published hears of the measurements of each snapshot once they are on Kafka, on the
 *     group's thread
 */
record GroupSetup(
    MeasureGroup group,
    List<Measure> measures,
    Predicate<String> runs,
    Workplace workplace,
    CompletionStage<Void> end,
    Consumer<List<Measurement>> published) {
  GroupSetup {
    measures = List.copyOf(measures);
  }

  /** A new ledger for the group, which knows no record yet. */
  GroupLedger ledger() {
    return new GroupLedger(group, measures, runs);
  }
}
