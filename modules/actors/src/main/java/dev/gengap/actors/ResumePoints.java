package dev.gengap.actors;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.ParameterSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.safetensors.Safetensors;
import dev.gengap.network.safetensors.SafetensorsReader;
import dev.gengap.network.safetensors.SafetensorsWriter;
import dev.gengap.network.safetensors.Tensor;
import dev.gengap.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a run that was stopped or killed goes on: weights, velocities and position at the end of an
 * epoch, in one safetensors file that is replaced in one step. A run goes on from it bit for bit.
 *
 * <p>Safe for one thread at a time: an attempt at the run ends before the next one, or the end of
 * the run, touches the file.
 */
final class ResumePoints {
  private static final String WEIGHTS = "weights.";
  private static final String VELOCITY = "velocity.";
  private static final String STEP = "step";
  private static final String EPOCHS = "epochs";
  private static final String LOWEST_LOSS = "lowest_loss";

  private final Path file;

  ResumePoints(Path file) {
    this.file = file;
  }

  /**
   * The newest state saved, if there is one.
   *
   * @throws UserError if the file is damaged, or of another network
   */
  Optional<TrainingState> load(NetworkSpec network) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Safetensors saved = SafetensorsReader.read(file);
    return Optional.of(
        new TrainingState(
            part(saved, WEIGHTS, network),
            part(saved, VELOCITY, network),
            number(saved, STEP, Long::valueOf),
            number(saved, EPOCHS, Integer::valueOf),
            number(saved, LOWEST_LOSS, Double::valueOf)));
  }

  /** Replaces what was saved before. */
  void save(TrainingState state) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    add(tensors, WEIGHTS, state.weights());
    add(tensors, VELOCITY, state.velocity());
    Map<String, String> at =
        Map.of(
            STEP, Long.toString(state.step()),
            EPOCHS, Integer.toString(state.epochs()),
            LOWEST_LOSS, Double.toString(state.lowestLoss()));
    SafetensorsWriter.write(file, new Safetensors(at, tensors));
  }

  /** Removes what was saved, if anything. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UserError(
          Problem.of(file.toString(), "delete", e, "a file that may be deleted"), e);
    }
  }

  private static void add(Map<String, Tensor> tensors, String prefix, Weights weights) {
    weights
        .tensors()
        .forEach(
            (name, values) ->
                tensors.put(prefix + name, Tensor.of(values.shape(), values.values())));
  }

  private Weights part(Safetensors saved, String prefix, NetworkSpec network) {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    for (ParameterSpec parameter : network.parameters()) {
      String name = prefix + parameter.name();
      Tensor tensor = saved.tensors().get(name);
      if (tensor == null || !tensor.shape().equals(parameter.shape())) {
        Object found = tensor == null ? "none" : tensor.shape();
        throw unusable(name, found, "shape " + parameter.shape(), null);
      }
      tensors.put(parameter.name(), new FloatArray(tensor.shape(), tensor.floats()));
    }
    return new Weights(tensors);
  }

  private <T> T number(Safetensors saved, String key, Function<String, T> parse) {
    String text = saved.metadata().get(key);
    try {
      return parse.apply(String.valueOf(text));
    } catch (NumberFormatException e) {
      throw unusable(key, text, "a number", e);
    }
  }

  private UserError unusable(String name, Object found, String expected, Exception cause) {
    return new UserError(
        Problem.of(file.toString(), name, found, expected)
            .withRemedy("delete the file, and the run begins anew"),
        cause);
  }
}
