package dev.gengap.actors;

import dev.gengap.core.RunId;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.measures.Catalogue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An experiment about to run.
 *
 * @param experiment what to run
 * @param workplace what the actors of this process share
 * @param slots runs trained at once, &gt; 0
 * @param finished runs the run folder already holds complete
 */
public record ExperimentSetup(
    Experiment experiment, Workplace workplace, int slots, Set<RunId> finished) {
  public ExperimentSetup {
    finished = Set.copyOf(finished);
  }

  /** The ids of the experiment's runs, as records carry them. */
  Set<String> runIds() {
    return experiment.runs().stream().map(run -> run.id().value()).collect(Collectors.toSet());
  }

  /** A new ledger for a group, which knows no record yet. */
  GroupLedger ledger(MeasureGroup group) {
    return new GroupLedger(group, Catalogue.named(group.keys()), runIds());
  }
}
