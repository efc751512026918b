package dev.gengap.actors;

import dev.gengap.core.RunId;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.measures.Catalogue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * An experiment about to run.
 *
 * @param experiment what to run
 * @param catalogue the measures its groups name
 * @param workplace what the actors of this process share
 * @param finished runs the run folder already holds complete
 */
public record ExperimentSetup(
    Experiment experiment, Catalogue catalogue, Workplace workplace, Set<RunId> finished) {
  public ExperimentSetup {
    finished = Set.copyOf(finished);
  }

  /** Most runs this process trains at once, each fed by a lane of its own. */
  public int slots() {
    return workplace.devices().stream().mapToInt(offer -> experiment.slotsOn(offer.slots())).sum();
  }

  /** The ids of the experiment's runs, as records carry them. */
  Set<String> runIds() {
    return experiment.runs().stream().map(run -> run.id().value()).collect(Collectors.toSet());
  }

  /** A group at work as long as the experiment: not on runs of earlier versions of the file. */
  GroupSetup group(MeasureGroup group) {
    return new GroupSetup(
        group,
        catalogue.named(group.keys()),
        runIds()::contains,
        workplace,
        new CompletableFuture<>(),
        published -> {});
  }
}
