package dev.gengap.actors;

import dev.gengap.experiment.results.RunFolder;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.ResumeIndex;
import java.util.List;

/**
 * What every actor of a process shares.
 *
 * @param broker how Kafka is reached, and for which experiment
 * @param devices what runs are trained on; backends of one library all have the same number of
 *     threads
 * @param measuring what measures are computed on, and named as the place
 * @param data the data sets feeds are made of
 * @param folder where results go
 * @param resumption where resume points wait
 */
public record Workplace(
    BrokerConnection broker,
    List<DeviceOffer> devices,
    DeviceOffer measuring,
    DataLibrary data,
    RunFolder folder,
    Resumption resumption) {
  public Workplace {
    devices = List.copyOf(devices);
  }

  /** Where runs go on after they were cut short; the caller closes. */
  ResumePoints openResumePoints() {
    return switch (resumption) {
      case IN_FOLDER -> new FolderResumePoints(folder);
      case ON_KAFKA -> new TopicResumePoints(ResumeIndex.open(broker));
    };
  }

  /** Where the trainer of {@code assignment} finds its resume point, and saves others. */
  ResumeStore resumeStore(RunAssignment assignment) {
    return switch (resumption) {
      case IN_FOLDER -> new FolderResumeStore(folder.run(assignment.plan().id()).resumePoint());
      case ON_KAFKA ->
          new TopicResumeStore(
              broker, assignment.run(), assignment.incarnation(), assignment.from());
    };
  }
}
