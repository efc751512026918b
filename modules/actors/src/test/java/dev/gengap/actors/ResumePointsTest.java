package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.UpdateRule;
import dev.gengap.core.UserError;
import dev.gengap.network.FloatArray;
import dev.gengap.network.Initialiser;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Networks;
import dev.gengap.network.Weights;
import dev.gengap.network.safetensors.Safetensors;
import dev.gengap.network.safetensors.SafetensorsReader;
import dev.gengap.network.safetensors.SafetensorsWriter;
import dev.gengap.training.ExampleHistory;
import dev.gengap.training.HeldOutBest;
import dev.gengap.training.TrainingHistory;
import dev.gengap.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumePointsTest {
  private static final NetworkSpec NETWORK = Networks.resolve("mlp-1x4", List.of(3), 2);
  private static final Weights WEIGHTS = Initialiser.HE_NORMAL.initialise(NETWORK, 1);
  private static final Weights VELOCITY = Initialiser.FAN_IN_UNIFORM.initialise(NETWORK, 2);
  private static final UpdateRule SGD = new UpdateRule.Sgd(0.9, false, 0);
  private static final UpdateRule ADAM = new UpdateRule.Adam(0.9, 0.999, 1e-8, 0, false);

  private static final TrainingHistory HISTORY =
      new TrainingHistory(
          3,
          new TreeMap<>(Map.of(0.1, 120L)),
          List.of(
              new ExampleHistory(true, OptionalLong.of(7), 1),
              new ExampleHistory(false, OptionalLong.empty(), 0)));

  @TempDir private Path dir;
  private Path file;
  private ResumePoints points;

  @BeforeEach
  void open() {
    file = dir.resolve("resume.safetensors");
    points = new ResumePoints(file);
  }

  @Test
  void load_ofWhatWasSavedLast_isTheSameBitForBit() {
    points.save(state(List.of(WEIGHTS), 7, Double.POSITIVE_INFINITY));
    points.save(
        new TrainingState(
            WEIGHTS,
            List.of(VELOCITY),
            140,
            20,
            0.1 + 0.2,
            new HeldOutBest(0.1 + 0.7, 17),
            HISTORY));

    TrainingState loaded = points.load(NETWORK, SGD, true).orElseThrow();

    assertThat(loaded.step()).isEqualTo(140);
    assertThat(loaded.epochs()).isEqualTo(20);
    assertThat(loaded.lowestLoss()).isEqualTo(0.1 + 0.2);
    assertSame(loaded.weights(), WEIGHTS);
    assertThat(loaded.heldOut()).isEqualTo(new HeldOutBest(0.1 + 0.7, 17));
    assertThat(loaded.history()).isEqualTo(HISTORY);
    assertThat(loaded.optimiser()).hasSize(1);
    assertSame(loaded.optimiser().get(0), VELOCITY);
  }

  @Test
  void load_severalStateVectors_areInTheirOrder() {
    points.save(state(List.of(VELOCITY, WEIGHTS), 7, 1));

    TrainingState loaded = points.load(NETWORK, ADAM, true).orElseThrow();

    assertThat(loaded.optimiser()).hasSize(2);
    assertSame(loaded.optimiser().get(0), VELOCITY);
    assertSame(loaded.optimiser().get(1), WEIGHTS);
    assertThat(loaded.heldOut()).isEqualTo(HeldOutBest.NONE);
    assertThat(loaded.history()).isEqualTo(TrainingHistory.NONE);
  }

  @Test
  void load_ofAnotherOptimiser_saysWhatToDo() {
    points.save(state(List.of(VELOCITY), 7, 1));

    assertThatThrownBy(() -> points.load(NETWORK, ADAM, true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("resume.safetensors: optimiser.1.")
        .hasMessageContaining("delete the file");
  }

  @Test
  void load_beforeAnyCheck_keepsTheInfiniteLoss() {
    points.save(state(List.of(VELOCITY), 7, Double.POSITIVE_INFINITY));

    assertThat(points.load(NETWORK, SGD, true).orElseThrow().lowestLoss()).isInfinite();
  }

  @Test
  void load_afterDelete_isEmpty() {
    points.save(state(List.of(VELOCITY), 7, 1));
    points.delete();
    points.delete();

    assertThat(points.load(NETWORK, SGD, true)).isEmpty();
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void load_ofAnotherNetwork_saysWhatToDo() {
    points.save(state(List.of(VELOCITY), 7, 1));

    assertThatThrownBy(() -> points.load(Networks.resolve("mlp-1x5", List.of(3), 2), SGD, true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("resume.safetensors: weights.")
        .hasMessageContaining("delete the file");
  }

  @Test
  void load_ofAFileWithoutAHistory_isAProblemOnlyWhereItIsNeeded() {
    points.save(state(List.of(VELOCITY), 7, 1));
    Safetensors saved = SafetensorsReader.read(file);
    Map<String, String> without = new HashMap<>(saved.metadata());
    without.remove("evaluations");
    SafetensorsWriter.write(file, new Safetensors(without, saved.tensors()));

    assertThat(points.load(NETWORK, SGD, false).orElseThrow().step()).isEqualTo(7);
    assertThatThrownBy(() -> points.load(NETWORK, SGD, true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("resume.safetensors: evaluations")
        .hasMessageContaining("delete the file");
  }

  @Test
  void load_ofADamagedFile_isTheUsersError() throws IOException {
    Files.writeString(file, "not safetensors");

    assertThatThrownBy(() -> points.load(NETWORK, SGD, true)).isInstanceOf(UserError.class);
  }

  private static TrainingState state(List<Weights> optimiser, long step, double lowestLoss) {
    return new TrainingState(
        WEIGHTS, optimiser, step, 1, lowestLoss, HeldOutBest.NONE, TrainingHistory.NONE);
  }

  private static void assertSame(Weights actual, Weights expected) {
    assertThat(actual.tensors().keySet()).isEqualTo(expected.tensors().keySet());
    for (String name : expected.tensors().keySet()) {
      FloatArray tensor = actual.get(name);
      assertThat(tensor.shape()).isEqualTo(expected.get(name).shape());
      assertThat(tensor.values()).isEqualTo(expected.get(name).values());
    }
  }
}
