package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import dev.gengap.compute.DeviceException;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.RunPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotPoolTest {
  private static final String GRID =
      """
      name = slots
      data { set = generated, train = 60, test = 20 }
      grid { network = [mlp-1x8, mlp-1x16], seed = [1, 2, 3, 4] }
      """;

  @TempDir private Path dir;
  private final ActorTestKit kit = ActorBench.start();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void take_networksOfTheirOwnCounts_fillTheDeviceInParts() {
    Experiment experiment = experiment("devices.slots { mlp-1x8 = 3, mlp-1x16 = 1 }");
    SlotPool pool = pool(experiment, cpu(0));
    List<RunPlan> small = experiment.runs().subList(0, 4);
    RunPlan large = experiment.runs().get(4);

    List<DeviceSlot> taken = new ArrayList<>();
    small.forEach(run -> pool.take(run).ifPresent(taken::add));

    assertThat(pool.bound()).isEqualTo(3);
    assertThat(taken).extracting(DeviceSlot::number).containsExactly(0, 1, 2);
    assertThat(pool.take(large)).isEmpty();
    pool.release(taken.get(0));
    assertThat(pool.take(large)).as("two thirds are taken").isEmpty();
    pool.release(taken.get(1));
    pool.release(taken.get(2));
    assertThat(pool.take(large)).isPresent();
    assertThat(pool.take(small.get(0))).as("the large one fills it").isEmpty();
  }

  @Test
  void take_severalDevices_spreadsRunsOverThem() {
    Experiment experiment = experiment("devices.slots = 2");
    SlotPool pool = pool(experiment, cpu(0), cpu(1));

    List<Integer> devices = new ArrayList<>();
    experiment
        .runs()
        .forEach(run -> pool.take(run).ifPresent(s -> devices.add(s.device().index())));

    assertThat(devices).containsExactly(0, 1, 0, 1);
  }

  @Test
  void take_deviceOfAnotherBackend_isNotForTheRun() {
    Experiment experiment = experiment("");
    RunPlan run = experiment.runs().get(0);
    SlotPool pool = pool(experiment, offer(DeviceKind.OPENCL, 0));

    assertThat(pool.take(run)).isEmpty();
    assertThat(pool.mayTrain(run)).isFalse();
    assertThat(pool.noneFor(run))
        .hasMessage("devices: none (expected: one that backend nd4j computes on)");
  }

  @Test
  void retire_everyDevice_tellsWhatHappenedToEach() {
    Experiment experiment = experiment("");
    RunPlan run = experiment.runs().get(0);
    SlotPool pool = pool(experiment, cpu(0), cpu(1));

    Optional<DeviceSlot> first = pool.take(run);
    pool.retire(first.orElseThrow(), new DeviceException("memory: 0 (expected: 5 MB)"));
    pool.release(first.orElseThrow());
    assertThat(pool.mayTrain(run)).isTrue();
    DeviceSlot second = pool.take(run).orElseThrow();
    assertThat(second.device().index()).isEqualTo(1);
    UserError missing = new UserError(Problem.of("", "driver", "none", "one"));
    pool.retire(second, new DeviceException("not usable", missing));

    assertThat(pool.mayTrain(run)).isFalse();
    assertThat(pool.noneFor(run).problems())
        .extracting(Problem::toString)
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("cpu (test 0): memory: 0 (expected: 5 MB)"),
            problem -> assertThat(problem).isEqualTo("driver: none (expected: one)"));
  }

  private Experiment experiment(String devices) {
    return Bench.load(dir, GRID + devices);
  }

  @Test
  void remove_nodeWithARun_freesItsNumbersForTheNext() {
    Experiment experiment = experiment("devices.slots = 2");
    SlotPool pool = new SlotPool(experiment);
    ActorRef<NodeActor.Command> gone = kit.<NodeActor.Command>createTestProbe().getRef();
    ActorRef<NodeActor.Command> stays = kit.<NodeActor.Command>createTestProbe().getRef();
    ActorRef<NodeActor.Command> comes = kit.<NodeActor.Command>createTestProbe().getRef();
    pool.add(gone, List.of(cpu(0)));
    pool.add(stays, List.of(cpu(0)));
    DeviceSlot lost = pool.take(experiment.runs().get(0)).orElseThrow();
    DeviceSlot kept = pool.take(experiment.runs().get(1)).orElseThrow();
    assertThat(lost.node()).isEqualTo(gone);
    assertThat(kept.node()).isEqualTo(stays);

    pool.remove(gone);
    pool.release(lost);
    pool.add(comes, List.of(cpu(0)));

    assertThat(pool.bound()).isEqualTo(4);
    assertThat(pool.take(experiment.runs().get(2)).orElseThrow())
        .as("on the emptier device, in a lane that was free")
        .isEqualTo(new DeviceSlot(0, comes, 0, cpu(0).device()));
  }

  private SlotPool pool(Experiment experiment, NodeReport.Offered... devices) {
    SlotPool pool = new SlotPool(experiment);
    pool.add(kit.<NodeActor.Command>createTestProbe().getRef(), List.of(devices));
    return pool;
  }

  private static NodeReport.Offered cpu(int index) {
    return offer(DeviceKind.CPU, index);
  }

  private static NodeReport.Offered offer(DeviceKind kind, int index) {
    return new NodeReport.Offered(new Device(kind, index, "test " + index), 1);
  }
}
