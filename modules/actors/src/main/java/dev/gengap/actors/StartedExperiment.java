package dev.gengap.actors;

import dev.gengap.protocol.v1.ExperimentHeader;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.ExclusiveLog;
import dev.gengap.streams.RecordTail;
import dev.gengap.streams.RecordTypes;
import java.util.List;

/**
 * An experiment about to be coordinated in a cluster: what is known of it has been read, and from
 * now on only its holder can write the state of its runs.
 *
 * <p>Confined to the coordinator, which closes it.
 */
final class StartedExperiment {
  private final ClusterExperiment experiment;
  private final ExclusiveLog log;
  private final RunStates states;
  private final long generation;

  private StartedExperiment(
      ClusterExperiment experiment, ExclusiveLog log, RunStates states, long generation) {
    this.experiment = experiment;
    this.log = log;
    this.states = states;
    this.generation = generation;
  }

  /** Whoever coordinated the experiment before can write no more once this returns. */
  static StartedExperiment start(ClusterExperiment experiment) {
    BrokerConnection broker = experiment.setup().workplace().broker();
    ExclusiveLog log;
    try {
      log = ExclusiveLog.open(broker);
    } catch (RuntimeException e) {
      experiment.close();
      throw e;
    }
    try {
      // Nodes compare it across experiments, whose coordinators took over seconds apart at least.
      long generation = Math.max(System.currentTimeMillis(), 1 + newestGeneration(broker));
      ExperimentHeader header =
          Records.header(experiment.setup().experiment()).toBuilder()
              .setGeneration(generation)
              .build();
      long taken = log.publish(RecordTypes.EXPERIMENT, List.of(header));
      List<RunState> known;
      try (RecordTail<RunState> tail = RecordTail.open(broker, RecordTypes.RUN_STATES)) {
        // Whoever coordinated before wrote nothing after the header.
        known = tail.readPast(taken);
      }
      RunStates states =
          new RunStates(written -> log.publish(RecordTypes.RUN_STATES, written), known);
      return new StartedExperiment(experiment, log, states, generation);
    } catch (RuntimeException e) {
      log.close();
      experiment.close();
      throw e;
    }
  }

  private static long newestGeneration(BrokerConnection broker) {
    try (RecordTail<ExperimentHeader> tail = RecordTail.open(broker, RecordTypes.EXPERIMENT)) {
      return tail.readToEnd().stream().mapToLong(ExperimentHeader::getGeneration).max().orElse(0);
    }
  }

  ExperimentSetup setup() {
    return experiment.setup();
  }

  RunStates states() {
    return states;
  }

  /** Higher than that of whoever coordinated it, or another experiment, before. */
  long generation() {
    return generation;
  }

  /**
   * Gives everything back.
   *
   * @param complete whether the run folder is to get its summary
   */
  void close(boolean complete) {
    try {
      log.close();
      if (complete) {
        experiment.summarise();
      }
    } finally {
      experiment.close();
    }
  }
}
