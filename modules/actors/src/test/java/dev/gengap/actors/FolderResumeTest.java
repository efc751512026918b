package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.UpdateRule;
import dev.gengap.core.RunId;
import dev.gengap.core.UserError;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.network.FloatArray;
import dev.gengap.network.Initialiser;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Networks;
import dev.gengap.network.Weights;
import dev.gengap.network.safetensors.Safetensors;
import dev.gengap.network.safetensors.SafetensorsReader;
import dev.gengap.network.safetensors.SafetensorsWriter;
import dev.gengap.network.safetensors.Tensor;
import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.training.ExampleHistory;
import dev.gengap.training.HeldOutBest;
import dev.gengap.training.RunningMean;
import dev.gengap.training.TrainingHistory;
import dev.gengap.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderResumeTest {
  private static final RunningMean RUNNING = new RunningMean(0.1 + 0.4, 31, 64, 2);
  private static final RunId RUN = new RunId("0123456789ab");
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
  private FolderResumePoints points;
  private ResumeStore store;

  @BeforeEach
  void open() throws IOException {
    RunFolder folder = new RunFolder(dir);
    points = new FolderResumePoints(folder);
    file = folder.run(RUN).resumePoint();
    Files.createDirectories(file.getParent());
    store = new FolderResumeStore(file);
  }

  @Test
  void load_ofWhatWasSavedLast_isTheSameBitForBit() {
    store.save(state(List.of(WEIGHTS), 7, Double.POSITIVE_INFINITY));
    store.save(
        new TrainingState(
            WEIGHTS,
            List.of(VELOCITY),
            140,
            20,
            RUNNING,
            0.1 + 0.2,
            4,
            new HeldOutBest(0.1 + 0.7, 17),
            HISTORY));

    TrainingState loaded = load(NETWORK, SGD, true);

    assertThat(loaded.step()).isEqualTo(140);
    assertThat(loaded.epochs()).isEqualTo(20);
    assertThat(loaded.running()).isEqualTo(RUNNING);
    assertThat(loaded.checksPerEpoch()).isEqualTo(4);
    assertThat(loaded.lowestLoss()).isEqualTo(0.1 + 0.2);
    assertSame(loaded.weights(), WEIGHTS);
    assertThat(loaded.heldOut()).isEqualTo(new HeldOutBest(0.1 + 0.7, 17));
    assertThat(loaded.history()).isEqualTo(HISTORY);
    assertThat(loaded.optimiser()).hasSize(1);
    assertSame(loaded.optimiser().get(0), VELOCITY);
  }

  @Test
  void load_severalStateVectors_areInTheirOrder() {
    store.save(state(List.of(VELOCITY, WEIGHTS), 7, 1));

    TrainingState loaded = load(NETWORK, ADAM, true);

    assertThat(loaded.optimiser()).hasSize(2);
    assertSame(loaded.optimiser().get(0), VELOCITY);
    assertSame(loaded.optimiser().get(1), WEIGHTS);
    assertThat(loaded.heldOut()).isEqualTo(HeldOutBest.NONE);
    assertThat(loaded.history()).isEqualTo(TrainingHistory.NONE);
  }

  @Test
  void load_ofAnotherOptimiser_saysWhatToDo() {
    store.save(state(List.of(VELOCITY), 7, 1));

    assertThatThrownBy(() -> load(NETWORK, ADAM, true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("resume.safetensors: optimiser.1.")
        .hasMessageContaining("delete the file");
  }

  @Test
  void load_beforeAnyCheck_keepsTheInfiniteLoss() {
    store.save(state(List.of(VELOCITY), 7, Double.POSITIVE_INFINITY));

    assertThat(load(NETWORK, SGD, true).lowestLoss()).isInfinite();
  }

  @Test
  void newest_afterDelete_isEmpty() {
    store.save(state(List.of(VELOCITY), 7, 1));
    points.delete(RUN);
    points.delete(RUN);

    assertThat(points.newest(RUN, StepOwner.UNKNOWN)).isEmpty();
    assertThat(file.getParent()).isEmptyDirectory();
  }

  @Test
  void load_ofAnotherNetwork_saysWhatToDo() {
    store.save(state(List.of(VELOCITY), 7, 1));

    assertThatThrownBy(() -> load(Networks.resolve("mlp-1x5", List.of(3), 2), SGD, true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("resume.safetensors: weights.")
        .hasMessageContaining("delete the file");
  }

  @Test
  void load_ofAFileWithoutAHistory_isAProblemOnlyWhereItIsNeeded() {
    store.save(state(List.of(VELOCITY), 7, 1));
    Safetensors saved = SafetensorsReader.read(file);
    Map<String, String> without = new HashMap<>(saved.metadata());
    without.remove("evaluations");
    SafetensorsWriter.write(file, new Safetensors(without, saved.tensors()));

    assertThat(load(NETWORK, SGD, false).step()).isEqualTo(7);
    assertThatThrownBy(() -> load(NETWORK, SGD, true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("resume.safetensors: evaluations")
        .hasMessageContaining("delete the file");
  }

  @Test
  void load_ofADamagedFile_isTheUsersError() throws IOException {
    Files.writeString(file, "not safetensors");

    assertThatThrownBy(() -> load(NETWORK, SGD, true)).isInstanceOf(UserError.class);
  }

  @Test
  void load_ofAnotherPointThanAnnounced_isRefused() {
    store.save(state(List.of(VELOCITY), 7, 1));
    ResumePoint other = ResumePoint.newBuilder().setStep(6).build();

    assertThatThrownBy(() -> store.load(other, NETWORK, SGD, true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("step: 7 (expected: 6)");
  }

  @Test
  void load_ofAFileWithTheseNames_isTheStateOfEveryVersion() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    WEIGHTS.tensors().forEach((name, of) -> tensors.put("weights." + name, tensor(of)));
    VELOCITY.tensors().forEach((name, of) -> tensors.put("optimiser.0." + name, tensor(of)));
    Map<String, String> at =
        Map.of(
            "step", "140",
            "epochs", "20",
            "lowest_loss", "0.25",
            "held_out_loss", "0.5",
            "held_out_epoch", "17");
    SafetensorsWriter.write(file, new Safetensors(at, tensors));

    TrainingState loaded = load(NETWORK, SGD, false);

    assertThat(loaded.step()).isEqualTo(140);
    assertThat(loaded.epochs()).isEqualTo(20);
    assertThat(loaded.lowestLoss()).isEqualTo(0.25);
    assertThat(loaded.heldOut()).isEqualTo(new HeldOutBest(0.5, 17));
    assertSame(loaded.weights(), WEIGHTS);
    assertSame(loaded.optimiser().get(0), VELOCITY);
  }

  private static Tensor tensor(FloatArray of) {
    return Tensor.of(of.shape(), of.values());
  }

  /** What is announced as the newest. */
  private TrainingState load(NetworkSpec network, UpdateRule rule, boolean history) {
    return store.load(points.newest(RUN, StepOwner.UNKNOWN).orElseThrow(), network, rule, history);
  }

  private static TrainingState state(List<Weights> optimiser, long step, double lowestLoss) {
    return new TrainingState(
        WEIGHTS,
        optimiser,
        step,
        1,
        RunningMean.NONE,
        lowestLoss,
        1,
        HeldOutBest.NONE,
        TrainingHistory.NONE);
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
