package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gengap.compute.Backend;
import dev.gengap.compute.DeviceException;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Json;
import dev.gengap.protocol.v1.Placement;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class DeviceFailureIT {
  private static final String TEXT =
      """
      data { set = generated, train = 200, test = 20 }
      network = mlp-1x8
      training { batch-size = 10, learning-rate = 0.01, stop { max-epochs = 25 } }
      snapshots { every = 10 epochs, log-spaced = true, at = [start, end], keep = all }
      devices { threads = 1, slots = 1 }
      measures { errors { use = [error] } }
      """;
  private static final long HALF_WAY = 2_000;

  @TempDir private Path dir;

  @Test
  void device_thatFailsHalfWay_losesItsRunToItsTwin(SharedBroker.Running broker)
      throws IOException {
    try (Bench bench = Bench.open(broker, dir, "fails", TEXT);
        Bench undisturbed =
            bench.twin(Files.createDirectory(dir.resolve("undisturbed")), "undisturbed")) {
      bench.devices(
          Bench.cpu(0, "test", failing(HALF_WAY)),
          Bench.cpu(1, "test", () -> Nd4jBackend.create(1)));

      bench.complete();
      undisturbed.complete();

      assertThat(bench.state(0).getIncarnation()).isEqualTo(2);
      assertThat(bench.manifests())
          .as("it goes on from a resume point")
          .filteredOn(manifest -> manifest.getStep() == 0)
          .extracting(SnapshotManifest::getIncarnation)
          .containsExactly(1);
      RunResults.assertSame(bench.files(0), undisturbed.files(0));
      JsonNode manifest = manifest(bench);
      assertThat(manifest.get("bits_changed").asBoolean()).isFalse();
      assertThat(manifest.get("trained_on")).hasSize(2);
      assertThat(manifest.get("trained_on").get(0).get("failure").asText())
          .isEqualTo("launch: refused (expected: a result)");
      assertThat(manifest.get("trained_on").get(1).get("resumed").asBoolean()).isTrue();
    }
  }

  @Test
  void device_whoseSuccessorComputesOtherBits_isNamedInTheManifest(SharedBroker.Running broker)
      throws IOException {
    try (Bench bench = Bench.open(broker, dir, "moves", TEXT)) {
      bench.devices(
          Bench.cpu(0, "one", failing(HALF_WAY)), Bench.cpu(1, "two", () -> Nd4jBackend.create(1)));

      bench.complete();

      assertThat(manifest(bench).get("bits_changed").asBoolean()).isTrue();
      assertThat(manifest(bench).get("trained_on"))
          .extracting(attempt -> attempt.get("device").asText())
          .containsExactly("cpu (one)", "cpu (two)");
    }
  }

  @Test
  void device_withoutABackend_losesItsRunAtOnce(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "no-backend", TEXT)) {
      bench.devices(
          Bench.cpu(
              0,
              "one",
              () -> {
                throw new IllegalStateException("driver: none (expected: one)");
              }),
          Bench.cpu(1, "two", () -> Nd4jBackend.create(1)));

      bench.complete();

      assertThat(bench.files(0).summary()).isPresent();
      assertThat(bench.state(0).getPlacementsList())
          .extracting(placement -> placement.getFailure().isEmpty())
          .containsExactly(false, true);
    }
  }

  @Test
  void devices_thatAllFail_endTheExperimentWithEachFailure(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "none-left", TEXT)) {
      bench.devices(Bench.cpu(0, "one", failing(HALF_WAY)), Bench.cpu(1, "two", failing(10)));

      assertThatThrownBy(bench::complete)
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll(
              "cpu (one): launch: refused (expected: a result)",
              "cpu (two): launch: refused (expected: a result)");

      assertThat(bench.state(0).getPhase()).isEqualTo(Phase.STOPPED);
      assertThat(bench.files(0).summary()).isEmpty();

      bench.devices(Bench.cpu(0, "mended", () -> Nd4jBackend.create(1)));
      bench.complete();
      assertThat(bench.files(0).summary().orElseThrow().isFinished()).isTrue();
    }
  }

  @Test
  void device_thatFailed_getsNoOtherRun(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "retired", TEXT, "grid { seed = [1, 2, 3, 4] }")) {
      bench.devices(
          Bench.cpu(0, "one", failing(HALF_WAY)), Bench.cpu(1, "two", () -> Nd4jBackend.create(1)));

      bench.complete();

      assertThat(bench.states().stream().filter(state -> state.getPhase() == Phase.RUNNING))
          .extracting(state -> last(state).getDevice())
          .containsOnlyOnce("one");
      for (int run = 0; run < 4; run++) {
        assertThat(bench.files(run).summary().orElseThrow().isFinished()).isTrue();
      }
    }
  }

  @Test
  void networks_withSlotsOfTheirOwn_areNeverMoreAtOnce(SharedBroker.Running broker) {
    try (Bench bench =
        Bench.open(
            broker,
            dir,
            "packed",
            TEXT.replace("slots = 1", "slots { mlp-1x8 = 3, mlp-1x16 = 1 }"),
            "grid { network = [mlp-1x8, mlp-1x16], seed = [1, 2, 3, 4] }")) {
      bench.complete();

      List<Set<String>> atOnce = runningAtOnce(bench.states());
      List<String> small = List.of(bench.run(0), bench.run(1), bench.run(2), bench.run(3));
      assertThat(atOnce).anySatisfy(running -> assertThat(running).hasSize(3));
      assertThat(atOnce)
          .allSatisfy(
              running -> {
                if (!small.containsAll(running)) {
                  assertThat(running).as("one of the large fills the device").hasSize(1);
                }
                assertThat(running).hasSizeLessThanOrEqualTo(3);
              });
      for (int run = 0; run < 8; run++) {
        assertThat(bench.files(run).summary().orElseThrow().isFinished()).isTrue();
      }
    }
  }

  /** The runs under way after each record of a state. */
  private static List<Set<String>> runningAtOnce(List<RunState> states) {
    Set<String> running = new HashSet<>();
    List<Set<String>> atOnce = new ArrayList<>();
    for (RunState state : states) {
      if (state.getPhase() == Phase.RUNNING) {
        running.add(state.getRun());
      } else {
        running.remove(state.getRun());
      }
      atOnce.add(Set.copyOf(running));
    }
    return atOnce;
  }

  private static Placement last(RunState state) {
    return state.getPlacements(state.getPlacementsCount() - 1);
  }

  private static Supplier<Backend> failing(long launches) {
    AtomicLong left = new AtomicLong(launches);
    return () ->
        new FailingBackend(left, () -> new DeviceException("launch: refused (expected: a result)"));
  }

  private static JsonNode manifest(Bench bench) throws IOException {
    Path file = bench.files(0).folder().resolve("manifest.json");
    return Json.parse(file.toString(), Files.readString(file));
  }
}
