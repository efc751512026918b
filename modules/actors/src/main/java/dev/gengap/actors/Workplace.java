package dev.gengap.actors;

import dev.gengap.compute.Backend;
import dev.gengap.core.RunId;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.streams.BrokerConnection;
import java.util.function.Supplier;

/**
 * What every actor of a process shares.
 *
 * @param broker how Kafka is reached, and for which experiment
 * @param backends makes a backend; all of them have the same number of threads
 * @param data the data sets feeds are made of
 * @param folder where results go, and resume points wait
 * @param device what measurements and manifests name as the place they were computed
 */
public record Workplace(
    BrokerConnection broker,
    Supplier<Backend> backends,
    DataLibrary data,
    RunFolder folder,
    String device) {

  /** Where {@code run} goes on after it was cut short. */
  ResumePoints resumePoints(RunId run) {
    return new ResumePoints(folder.run(run).resumePoint());
  }
}
