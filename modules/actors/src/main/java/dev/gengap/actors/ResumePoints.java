package dev.gengap.actors;

import dev.gengap.compute.UpdateRule;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.safetensors.Safetensors;
import dev.gengap.network.safetensors.SafetensorsReader;
import dev.gengap.network.safetensors.SafetensorsWriter;
import dev.gengap.network.safetensors.Tensor;
import dev.gengap.training.HeldOutBest;
import dev.gengap.training.TrainingHistory;
import dev.gengap.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Where a run that was stopped or killed goes on: weights, the optimiser's state, position and the
 * history of training at the end of an epoch, in one safetensors file that is replaced in one step.
 * A run goes on from it bit for bit.
 *
 * <p>Safe for one thread at a time: an attempt at the run ends before the next one, or the end of
 * the run, touches the file.
 */
final class ResumePoints {
  private static final String WEIGHTS = "weights.";
  private static final String OPTIMISER = "optimiser.";
  private static final String STEP = "step";
  private static final String EPOCHS = "epochs";
  private static final String LOWEST_LOSS = "lowest_loss";
  private static final String HELD_OUT_LOSS = "held_out_loss";
  private static final String EVALUATIONS = "evaluations";
  private static final String HELD_OUT_EPOCH = "held_out_epoch";

  private final Path file;

  ResumePoints(Path file) {
    this.file = file;
  }

  /** Whether a state is saved. */
  boolean exist() {
    return Files.exists(file);
  }

  /**
   * The newest state saved, if there is one.
   *
   * @param history whether the run goes on with the history of its evaluations
   * @throws UserError if the file is damaged, or of another network or optimiser
   */
  Optional<TrainingState> load(NetworkSpec network, UpdateRule rule, boolean history) {
    if (!exist()) {
      return Optional.empty();
    }
    Safetensors saved = SafetensorsReader.read(file);
    return Optional.of(
        new TrainingState(
            part(saved, WEIGHTS, network.tensors()),
            IntStream.range(0, rule.stateVectors())
                .mapToObj(i -> part(saved, vector(i), network.parameters()))
                .toList(),
            number(saved, STEP, Long::valueOf),
            number(saved, EPOCHS, Integer::valueOf),
            number(saved, LOWEST_LOSS, Double::valueOf),
            new HeldOutBest(
                number(saved, HELD_OUT_LOSS, Double::valueOf),
                number(saved, HELD_OUT_EPOCH, Integer::valueOf)),
            history ? history(saved) : TrainingHistory.NONE));
  }

  /** Replaces what was saved before. */
  void save(TrainingState state) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    add(tensors, WEIGHTS, state.weights());
    for (int i = 0; i < state.optimiser().size(); i++) {
      add(tensors, vector(i), state.optimiser().get(i));
    }
    tensors.putAll(SavedHistory.tensors(state.history()));
    Map<String, String> at =
        Map.of(
            EVALUATIONS, Integer.toString(state.history().evaluations()),
            STEP, Long.toString(state.step()),
            EPOCHS, Integer.toString(state.epochs()),
            LOWEST_LOSS, Double.toString(state.lowestLoss()),
            HELD_OUT_LOSS, Double.toString(state.heldOut().loss()),
            HELD_OUT_EPOCH, Integer.toString(state.heldOut().epoch()));
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

  /** What the names of the tensors of state vector {@code index} begin with. */
  private static String vector(int index) {
    return OPTIMISER + index + ".";
  }

  private static void add(Map<String, Tensor> tensors, String prefix, Weights weights) {
    weights
        .tensors()
        .forEach(
            (name, values) ->
                tensors.put(prefix + name, Tensor.of(values.shape(), values.values())));
  }

  private Weights part(Safetensors saved, String prefix, List<ParameterSpec> expected) {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    for (ParameterSpec parameter : expected) {
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

  private TrainingHistory history(Safetensors saved) {
    int evaluations = number(saved, EVALUATIONS, Integer::valueOf);
    try {
      return SavedHistory.read(saved.tensors(), evaluations);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw unusable("history", e.getMessage(), "that of the run", e);
    }
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
