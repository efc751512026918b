package dev.gengap.actors;

import dev.gengap.core.RunId;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.streams.BrokerConnection;
import java.util.List;

/**
 * What every actor of a process shares.
 *
 * @param broker how Kafka is reached, and for which experiment
 * @param devices what runs are trained on; backends of one library all have the same number of
 *     threads
 * @param measuring what measures are computed on, and named as the place
 * @param data the data sets feeds are made of
 * @param folder where results go, and resume points wait
 */
public record Workplace(
    BrokerConnection broker,
    List<DeviceOffer> devices,
    DeviceOffer measuring,
    DataLibrary data,
    RunFolder folder) {
  public Workplace {
    devices = List.copyOf(devices);
  }

  /** Where {@code run} goes on after it was cut short. */
  ResumePoints resumePoints(RunId run) {
    return new ResumePoints(folder.run(run).resumePoint());
  }
}
