package dev.gengap.network.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.ParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParameterTensorsTest {
  private static final NetworkSpec SPEC =
      NetworkLanguage.parse(
          "input = [3], classes = 2, layers = [{type = batch_norm}, {type = linear, out = 20},"
              + " {type = batch_norm}, {type = linear, out = 2}]",
          "test");

  private Backend backend;
  private Workspace workspace;

  @BeforeEach
  void open() {
    backend = new ReferenceBackend();
    workspace = backend.newWorkspace(Precision.FLOAT32);
  }

  @AfterEach
  void close() {
    workspace.close();
    backend.close();
  }

  @Test
  void read_afterWrite_givesEveryTensorInTheNetworksOrder() {
    Weights written = TestGraphs.weights(SPEC);
    ParameterTensors weights = ParameterTensors.weights(workspace, SPEC);
    weights.write(written);
    Weights read = weights.read();
    assertThat(read.tensors().keySet())
        .containsExactlyElementsOf(SPEC.tensors().stream().map(ParameterSpec::name).toList());
    written
        .tensors()
        .forEach((name, values) -> assertThat(read.get(name).values()).isEqualTo(values.values()));
  }

  @Test
  void trainable_moved_leavesTheStatistics() {
    ParameterTensors weights = ParameterTensors.weights(workspace, SPEC);
    Weights before = TestGraphs.weights(SPEC);
    weights.write(before);
    weights.trainable().write(new float[weights.trainable().size()], weights.trainable().size());
    Weights after = weights.read();
    for (ParameterSpec tensor : SPEC.tensors()) {
      float[] expected =
          tensor.role().trainable() ? new float[tensor.size()] : before.get(tensor.name()).values();
      assertThat(after.get(tensor.name()).values()).isEqualTo(expected);
    }
  }

  @Test
  void forParameters_sameNetwork_liesAsTheWeightsDo() {
    ParameterTensors weights = ParameterTensors.weights(workspace, SPEC);
    ParameterTensors velocity =
        ParameterTensors.forParameters(workspace, SPEC, TensorRole.OPTIMISER_STATE);
    assertThat(velocity.trainable().size()).isEqualTo(weights.trainable().size());
    assertThat(velocity.read().tensors().keySet())
        .containsExactlyElementsOf(SPEC.parameters().stream().map(ParameterSpec::name).toList());
    assertThatThrownBy(() -> velocity.get("0.running_mean"))
        .hasMessageStartingWith("parameter: 0.running_mean (expected: one of [0.weight, 0.bias,");
  }

  @Test
  void write_anotherShape_isRefused() {
    Map<String, FloatArray> tensors = new LinkedHashMap<>(TestGraphs.weights(SPEC).tensors());
    tensors.put("1.bias", new FloatArray(List.of(2), new float[2]));
    ParameterTensors weights = ParameterTensors.weights(workspace, SPEC);
    assertThatThrownBy(() -> weights.write(new Weights(tensors)))
        .hasMessage("1.bias: [2] (expected: [20])");
  }
}
