package dev.gengap.actors;

import dev.gengap.compute.UpdateRule;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.safetensors.SafetensorsReader;
import dev.gengap.network.safetensors.SafetensorsWriter;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.ResumeReader;
import dev.gengap.streams.ResumeWriter;
import dev.gengap.training.TrainingState;
import java.util.Optional;

/** The resume points of one assignment of a run, on Kafka. Opens what it needs at first use. */
final class TopicResumeStore implements ResumeStore {
  private final BrokerConnection broker;
  private final String run;
  private final int incarnation;
  private final Optional<ResumePoint> from;
  private ResumeWriter writer;

  /**
   * @param run its id
   * @param from the point the assignment goes on from, which is replaced last
   */
  TopicResumeStore(
      BrokerConnection broker, String run, int incarnation, Optional<ResumePoint> from) {
    this.broker = broker;
    this.run = run;
    this.incarnation = incarnation;
    this.from = from;
  }

  @Override
  public TrainingState load(
      ResumePoint point, NetworkSpec network, UpdateRule rule, boolean history) {
    byte[] bytes;
    try (ResumeReader reader = ResumeReader.open(broker)) {
      bytes = reader.fetch(point);
    }
    String origin = "resume point of run " + run + " at step " + point.getStep();
    return new SavedState(
            SafetensorsReader.read(bytes, origin),
            origin,
            "delete the experiment and submit it again")
        .state(network, rule, history);
  }

  @Override
  public void save(TrainingState state) {
    if (writer == null) {
      writer = ResumeWriter.open(broker, run, incarnation, from);
    }
    writer.publish(state.step(), SafetensorsWriter.encode(SavedState.contents(state)));
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
