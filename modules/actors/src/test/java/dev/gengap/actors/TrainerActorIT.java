package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.protocol.v1.Minibatch;
import dev.gengap.streams.LaneWriter;
import dev.gengap.training.TrainingOutcome.Reason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class TrainerActorIT {
  private static final String TEXT =
      """
      data { set = generated, train = 60, test = 20 }
      network = mlp-1x8
      training { batch-size = 10, stop { max-epochs = 3 } }
      """;

  @TempDir private Path dir;
  private final ActorTestKit kit = ActorBench.start();
  private final TestProbe<FeederActor.Command> feeder = kit.createTestProbe();
  private final TestProbe<TrainerActor.Report> reports = kit.createTestProbe();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void trainer_whoseFeederFailed_endsWithItsCause(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "orphan", TEXT)) {
      ActorRef<TrainerActor.Command> trainer = train(bench);
      feeder.expectMessage(new FeederActor.Consumed(0));
      IllegalStateException cause = new IllegalStateException("feeder: gone");

      trainer.tell(new TrainerActor.Abort(cause));

      TrainerActor.Crashed crashed = reports.expectMessageClass(TrainerActor.Crashed.class);
      assertThat(crashed.cause()).isSameAs(cause);
      kit.stop(trainer);
    }
  }

  @Test
  void trainer_thatEndsWhileItWaits_endsItsThread(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "ends", TEXT)) {
      ActorRef<TrainerActor.Command> trainer = train(bench);
      feeder.expectMessage(new FeederActor.Consumed(0));

      kit.stop(trainer);

      // An executor is terminated a moment before its last thread is gone.
      feeder.awaitAssert(
          () ->
              assertThat(Thread.getAllStackTraces().keySet())
                  .extracting(Thread::getName)
                  .noneMatch(name -> name.matches("gengap-(trainer|lane|publish).*")));
    }
  }

  @Test
  void trainer_whoseLaneHasAHole_breaksOff(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "hole", TEXT)) {
      ActorRef<TrainerActor.Command> trainer = train(bench);
      feeder.expectMessage(new FeederActor.Consumed(0));
      try (LaneWriter lane = LaneWriter.open(bench.connection(), 0)) {
        lane.send(
            Minibatch.newBuilder()
                .setSchemaVersion(1)
                .setRun(bench.run(0))
                .setIncarnation(1)
                .setSequence(1)
                .build());
      }

      TrainerActor.Crashed crashed = reports.expectMessageClass(TrainerActor.Crashed.class);
      assertThat(crashed.cause()).hasMessageContaining("sequence: 1 (expected: 0");
      kit.stop(trainer);
    }
  }

  @Test
  void trainer_stoppedBeforeItsFirstStep_reportsSo(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "early", TEXT)) {
      ActorRef<TrainerActor.Command> trainer = train(bench);
      trainer.tell(TrainerActor.Stop.INSTANCE);

      TrainerActor.Ended ended = reports.expectMessageClass(TrainerActor.Ended.class);
      assertThat(ended.outcome().reason()).isEqualTo(Reason.STOPPED);
      assertThat(ended.snapshotSteps()).isEqualTo(List.of(0L));
      kit.stop(trainer);
    }
  }

  private ActorRef<TrainerActor.Command> train(Bench bench) {
    ExperimentSetup setup = bench.setup();
    RunAssignment assignment = bench.assignment();
    Hosted hosted = Hosted.of(setup, () -> {});
    ReferenceHashes references =
        hosted.feeds().prepare(assignment.plan().config(), Payload.PIXELS).references();
    ActorRef<TrainerActor.Command> trainer =
        kit.spawn(TrainerActor.create(hosted, 0), GuardianActor.BLOCKING);
    trainer.tell(
        new TrainerActor.Train(assignment, references, 6, feeder.getRef(), reports.getRef()));
    return trainer;
  }
}
