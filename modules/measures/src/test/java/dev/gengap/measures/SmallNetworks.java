package dev.gengap.measures;

import dev.gengap.compute.Backend;
import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.data.Examples;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.execution.BackendRuntime;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.Relu;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Networks without biases written as matrices, and their measures. */
final class SmallNetworks {
  private SmallNetworks() {}

  /** W_d relu(… relu(W_1 x)), each matrix as rows. */
  static NetworkSpec network(float[][]... matrices) {
    List<LayerSpec> layers = new ArrayList<>();
    for (float[][] matrix : matrices) {
      if (!layers.isEmpty()) {
        layers.add(new Relu());
      }
      layers.add(new Linear(matrix.length, false));
    }
    int classes = matrices[matrices.length - 1].length;
    return new NetworkSpec(List.of(matrices[0][0].length), classes, layers);
  }

  static Weights weights(float[][]... matrices) {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    for (int i = 0; i < matrices.length; i++) {
      int rows = matrices[i].length;
      int columns = matrices[i][0].length;
      float[] values = new float[rows * columns];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(matrices[i][row], 0, values, row * columns, columns);
      }
      tensors.put(2 * i + ".weight", new FloatArray(List.of(rows, columns), values));
    }
    return new Weights(tensors);
  }

  /** A snapshot of the weights alone. */
  static MeasuredSnapshot snapshot(float[][]... matrices) {
    return new MeasuredSnapshot(
        network(matrices),
        weights(matrices),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        Settings.STANDARD);
  }

  /** A snapshot with its data, and the weights at step 0. */
  static MeasuredSnapshot snapshot(
      float[][][] matrices,
      Optional<float[][][]> initial,
      Optional<Examples> train,
      Optional<Examples> test,
      Settings settings) {
    return new MeasuredSnapshot(
        network(matrices),
        weights(matrices),
        initial.map(SmallNetworks::weights),
        train,
        test,
        1,
        settings);
  }

  static Map<String, Outcome> outcomes(MeasuredSnapshot snapshot, List<Measure> measures) {
    try (Backend backend = new ReferenceBackend()) {
      return outcomes(snapshot, measures, backend);
    }
  }

  static Map<String, Outcome> outcomes(
      MeasuredSnapshot snapshot, List<Measure> measures, Backend backend) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    SnapshotMeasures.run(measures, snapshot, new BackendRuntime(backend))
        .forEach(result -> outcomes.put(result.key(), result.outcome()));
    return outcomes;
  }

  /** The value of the measure {@code key} of one number. */
  static double scalar(MeasuredSnapshot snapshot, String key) {
    Outcome outcome = outcomes(snapshot, Catalogue.builtIn().named(List.of(key))).get(key);
    if (outcome instanceof Outcome.Measured measured
        && measured.value() instanceof MeasuredValue.Scalar scalar) {
      return scalar.value();
    }
    throw new AssertionError(key + ": " + outcome);
  }

  /** The values of the measure {@code key} of one number for each layer. */
  static List<Double> layers(MeasuredSnapshot snapshot, String key) {
    Outcome outcome = outcomes(snapshot, Catalogue.builtIn().named(List.of(key))).get(key);
    if (outcome instanceof Outcome.Measured measured
        && measured.value() instanceof MeasuredValue.PerLayer layers) {
      return layers.values();
    }
    throw new AssertionError(key + ": " + outcome);
  }

  /** Why the measure {@code key} does not apply. */
  static String reason(MeasuredSnapshot snapshot, String key) {
    Outcome outcome = outcomes(snapshot, Catalogue.builtIn().named(List.of(key))).get(key);
    if (outcome instanceof Outcome.Measured measured
        && measured.value() instanceof MeasuredValue.NotApplicable not) {
      return not.reason();
    }
    throw new AssertionError(key + ": " + outcome);
  }

  /** Examples held in arrays, inputs (example, feature). */
  @SuppressWarnings("ArrayRecordComponent") // never compared by equals
  record ArrayExamples(float[][] inputs, int[] labels) implements Examples {
    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public int features() {
      return inputs[0].length;
    }

    @Override
    public int label(int index) {
      return labels[index];
    }

    @Override
    public void copyInputs(int from, int count, float[] into) {
      for (int i = 0; i < count; i++) {
        System.arraycopy(inputs[from + i], 0, into, i * features(), features());
      }
    }
  }
}
