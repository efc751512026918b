package dev.gengap.network.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.network.Initialiser;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Networks;
import dev.gengap.network.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
  private static final NetworkSpec NETWORK = Networks.resolve("mlp-1x4", List.of(1, 2, 3), 2);

  @Test
  void save_thenLoad_givesTheSameWeights(@TempDir Path folder) {
    Weights weights = Initialiser.HE_NORMAL.initialise(NETWORK, 1);
    Path file = folder.resolve("w.safetensors");
    WeightsFile.save(file, weights, Map.of("step", "5"));
    Weights read = WeightsFile.load(file, NETWORK);
    assertThat(read.tensors().keySet()).containsExactlyElementsOf(weights.tensors().keySet());
    weights
        .tensors()
        .forEach((name, array) -> assertThat(read.get(name).values()).isEqualTo(array.values()));
  }

  @Test
  void decode_weightsOfAnotherNetwork_namesEveryTensorAtFault() {
    NetworkSpec other = Networks.resolve("mlp-2x4", List.of(5), 2);
    byte[] bytes = WeightsFile.encode(Initialiser.HE_NORMAL.initialise(other, 1), Map.of());
    assertThatThrownBy(
            () -> WeightsFile.decode(bytes, "w.st", Networks.resolve("mlp-1x4", List.of(6), 3)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            """
            w.st: tensor 1.weight: shape [4, 5] (expected: [4, 6], as in the network)
            w.st: tensor 3.weight: shape [4, 4] (expected: [3, 4], as in the network)
            w.st: tensor 3.bias: shape [4] (expected: [3], as in the network)
            w.st: tensor 5.weight: shape [2, 4] (expected: only parameters of the network)
            w.st: tensor 5.bias: shape [2] (expected: only parameters of the network)""");
  }

  @Test
  void decode_missingTensor_isNamed() {
    byte[] bytes = SafetensorsWriter.encode(new Safetensors(Map.of(), Map.of()));
    assertThatThrownBy(() -> WeightsFile.decode(bytes, "w.st", NETWORK))
        .hasMessageStartingWith("w.st: tensor 1.weight: missing (expected: shape [4, 6])");
  }

  @Test
  void examples_load_givesInputsAndLabels(@TempDir Path folder) {
    Path file = write(folder, List.of(2, 1, 2, 3), new long[] {1, 0});
    TensorExamples examples = TensorExamples.load(file, NETWORK);
    float[] second = new float[6];
    examples.copyInputs(1, 1, second);
    assertThat(second).containsExactly(6, 7, 8, 9, 10, 11);
    assertThat(examples.size()).isEqualTo(2);
    assertThat(examples.label(0)).isEqualTo(1);
  }

  @Test
  void examples_thatDoNotFit_areRefused(@TempDir Path folder) {
    assertThatThrownBy(
            () -> TensorExamples.load(write(folder, List.of(2, 3, 2, 1), new long[2]), NETWORK))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tensor x shape: [2, 3, 2, 1] (expected: 2 examples, as y has, of")
        .hasMessageContaining("[1, 2, 3]");
    assertThatThrownBy(
            () -> TensorExamples.load(write(folder, List.of(2, 6), new long[] {0, 2}), NETWORK))
        .hasMessageContaining("tensor y[1]: 2 (expected: a class in 0 … 1)");
    assertThatThrownBy(
            () -> TensorExamples.load(write(folder, List.of(2, 6), new long[3]), NETWORK))
        .hasMessageContaining("tensor x shape: [2, 6] (expected: 3 examples");
  }

  private static Path write(Path folder, List<Integer> shape, long[] labels) {
    float[] inputs = new float[12];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i;
    }
    Path file = folder.resolve("data.safetensors");
    SafetensorsWriter.write(
        file,
        new Safetensors(
            Map.of(),
            Map.of("x", Tensor.of(shape, inputs), "y", Tensor.of(List.of(labels.length), labels))));
    return file;
  }
}
