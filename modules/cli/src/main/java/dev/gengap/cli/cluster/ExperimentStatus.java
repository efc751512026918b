package dev.gengap.cli.cluster;

import dev.gengap.monitor.ExperimentSummary;
import dev.gengap.monitor.ExperimentView;
import dev.gengap.protocol.v1.Submission;

/**
 * A submitted experiment and how far it is. Immutable.
 *
 * @param submission what is wished of it
 * @param view what its topics say
 */
record ExperimentStatus(Submission submission, ExperimentView view) {
  /** The view in numbers. */
  ExperimentSummary summary() {
    return ExperimentSummary.of(view);
  }
}
