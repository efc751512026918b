package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.RunPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrewTest {
  private static final String TEXT =
      """
      name = crew
      data { set = generated, train = 60, test = 20 }
      network = mlp-1x8
      grid { seed = [1, 2, 3] }
      """;

  @TempDir private Path dir;
  private final ActorTestKit kit = ActorBench.start();
  private final TestProbe<NodeActor.Command> feeding = kit.createTestProbe();
  private final TestProbe<NodeActor.Command> training = kit.createTestProbe();
  private final TestProbe<FeederActor.Command> feeder = kit.createTestProbe();
  private Experiment experiment;
  private Crew crew;

  @BeforeEach
  void start() {
    experiment = Bench.load(dir, TEXT);
    crew = new Crew(new SlotPool(experiment), false);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void slotFor_withoutAFeeder_isNone() {
    RunPlan run = experiment.runs().get(0);
    crew.add(trainer());
    assertThat(crew.slotFor(run)).isEmpty();
    assertThat(crew.hopeless(run)).as("a node may come").isEmpty();

    crew.add(feeder());
    assertThat(crew.slotFor(run)).isPresent();
  }

  @Test
  void attempt_fromFeedToRelease_isOrderedOfBothNodes() {
    Assignment assignment = prepared(1);
    feeding.expectMessage(new NodeActor.Feed(assignment.attempt()));

    crew.train(ready(assignment));
    crew.train(ready(assignment));
    NodeActor.Train order = training.expectMessageClass(NodeActor.Train.class);
    assertThat(order.attempt()).isEqualTo(assignment.attempt());
    training.expectNoMessage();
    assertThat(crew.isFull()).isTrue();

    crew.release(assignment.attempt());
    feeding.expectMessage(new NodeActor.Release(assignment.attempt()));
    training.expectMessage(new NodeActor.Release(assignment.attempt()));
    assertThat(crew.isIdle()).isTrue();
    assertThat(crew.isFull()).isFalse();
  }

  @Test
  void remove_nodeThatFeedsOrTrains_givesItsAttempts() {
    Assignment assignment = prepared(1);
    assertThat(crew.remove(training.getRef()))
        .as("the trainer was not told yet, but the slot is there")
        .containsExactly(assignment);
    crew.release(assignment.attempt());

    Assignment again = prepared(2);
    crew.train(ready(again));
    assertThat(crew.remove(feeding.getRef())).containsExactly(again);
  }

  @Test
  void missing_attemptThatIsOver_isReleasedOnceMore() {
    Assignment assignment = prepared(1);
    crew.release(assignment.attempt());
    feeding.expectMessage(new NodeActor.Feed(assignment.attempt()));
    feeding.expectMessage(new NodeActor.Release(assignment.attempt()));

    List<Assignment> missing =
        crew.missing(new NodeReport.Holding(feeding.getRef(), Set.of(assignment.attempt())));

    assertThat(missing).isEmpty();
    feeding.expectMessage(new NodeActor.Release(assignment.attempt()));
  }

  @Test
  void missing_orderUnderWay_isNotTakenForLost() {
    prepared(1);
    assertThat(crew.missing(new NodeReport.Holding(feeding.getRef(), Set.of()))).isEmpty();
  }

  private Assignment prepared(int incarnation) {
    crew.add(trainer());
    crew.add(feeder());
    RunPlan run = experiment.runs().get(0);
    DeviceSlot slot = crew.slotFor(run).orElseThrow();
    Attempt attempt = new Attempt(run.id(), incarnation, slot.number());
    Assignment assignment = new Assignment(run, attempt, slot, Optional.empty());
    crew.prepare(assignment);
    return assignment;
  }

  private NodeReport.FeedReady ready(Assignment assignment) {
    ReferenceHashes references =
        new ReferenceHashes("a", "a", Optional.empty(), Optional.empty(), "b");
    return new NodeReport.FeedReady(assignment.attempt(), references, 6, feeder.getRef());
  }

  private NodeReport.Described trainer() {
    Device device = new Device(DeviceKind.CPU, 0, "test");
    return new NodeReport.Described(
        training.getRef(),
        "trainer:1",
        Set.of(Role.TRAINER),
        List.of(new NodeReport.Offered(device, 1)));
  }

  private NodeReport.Described feeder() {
    return new NodeReport.Described(feeding.getRef(), "feeder:1", Set.of(Role.FEEDER), List.of());
  }
}
