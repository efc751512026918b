package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.gengap.data.feed.Feed;
import dev.gengap.data.feed.FeedBatch;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.protocol.v1.Minibatch;
import dev.gengap.streams.LaneReader;
import dev.gengap.streams.LaneWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class FeederActorIT {
  private static final int WINDOW = 20;
  private static final int MARK = 999;
  private static final String TEXT =
      """
      data { set = generated, train = 60, test = 20 }
      network = mlp-1x8
      training { batch-size = 8 }
      feed.window = 20
      """;

  @TempDir private Path dir;
  private final ActorTestKit kit = ActorBench.start();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void feeder_whateverItIsTold_isNeverAheadOfItsWindow(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "window", TEXT)) {
      RunAssignment assignment = assignment(bench);
      TestProbe<FeederActor.Prepared> prepared = kit.createTestProbe();
      ActorRef<FeederActor.Command> feeder = feeder(bench, assignment);

      feeder.tell(new FeederActor.Prepare(prepared.getRef()));
      assertThat(prepared.receiveMessage().batchesPerEpoch()).isEqualTo(8);
      feeder.tell(new FeederActor.Consumed(0));
      List<Minibatch> sent = new ArrayList<>(sent(bench, assignment, 0, WINDOW));
      for (long consumed : List.of(5L, 5L, 3L)) {
        feeder.tell(new FeederActor.Consumed(consumed));
      }
      sent.addAll(sent(bench, assignment, WINDOW, 5));
      // The feeder has handled everything before this.
      feeder.tell(new FeederActor.Prepare(prepared.getRef()));
      prepared.receiveMessage();
      kit.stop(feeder);
      mark(bench, assignment, 5 + WINDOW);

      assertThat(sent)
          .extracting(Minibatch::getSequence)
          .containsExactlyElementsOf(LongStream.range(0, 5 + WINDOW).boxed().toList());
      assertThat(sent(bench, assignment, 5 + WINDOW, 1).get(0).getEpoch())
          .as("the mark, not a minibatch beyond the window")
          .isEqualTo(MARK);
    }
  }

  @Test
  void feeder_ofARunThatGoesOn_startsWhereItsTrainerStands(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "goes-on", TEXT)) {
      RunAssignment assignment = assignment(bench);
      TestProbe<FeederActor.Prepared> prepared = kit.createTestProbe();
      ActorRef<FeederActor.Command> feeder = feeder(bench, assignment);

      feeder.tell(new FeederActor.Prepare(prepared.getRef()));
      prepared.receiveMessage();
      feeder.tell(new FeederActor.Consumed(37));
      Minibatch first = sent(bench, assignment, 37, 1).get(0);
      kit.stop(feeder);

      Feed feed = source(bench).prepare(assignment.plan().config(), Payload.PIXELS).feed();
      FeedBatch expected = feed.batch(37);
      assertThat(first.getPixels().toByteArray()).isEqualTo(expected.pixels());
      assertThat(first.getLabelsList().stream().mapToInt(Integer::intValue).toArray())
          .isEqualTo(expected.labels());
      assertThat(first.getEpoch()).isEqualTo(4);
    }
  }

  private ActorRef<FeederActor.Command> feeder(Bench bench, RunAssignment assignment) {
    return kit.spawn(
        FeederActor.create(
            assignment.attempt(), assignment.plan().config(), Hosted.of(bench.setup(), () -> {})),
        GuardianActor.BLOCKING);
  }

  private static FeedSource source(Bench bench) {
    return new FeedSource(new SharedClients(bench.connection()), new DataLibrary(Optional.empty()));
  }

  private static RunAssignment assignment(Bench bench) {
    return bench.assignment();
  }

  private static List<Minibatch> sent(
      Bench bench, RunAssignment assignment, long first, int count) {
    List<Minibatch> sent = new ArrayList<>();
    try (LaneReader lane = LaneReader.open(bench.connection(), 0)) {
      lane.assign(assignment.run(), assignment.incarnation(), first);
      while (sent.size() < count) {
        sent.addAll(lane.poll(Duration.ofSeconds(1)));
      }
    }
    return sent;
  }

  /** Puts a minibatch that no feeder makes at {@code sequence}. */
  private static void mark(Bench bench, RunAssignment assignment, long sequence) {
    try (LaneWriter lane = LaneWriter.open(bench.connection(), 0)) {
      lane.send(
          Minibatch.newBuilder()
              .setSchemaVersion(1)
              .setRun(assignment.run())
              .setIncarnation(assignment.incarnation())
              .setSequence(sequence)
              .setEpoch(MARK)
              .build());
    }
  }
}
