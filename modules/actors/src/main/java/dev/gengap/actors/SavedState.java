package dev.gengap.actors;

import dev.gengap.compute.UpdateRule;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.safetensors.Safetensors;
import dev.gengap.network.safetensors.Tensor;
import dev.gengap.training.HeldOutBest;
import dev.gengap.training.RunningMean;
import dev.gengap.training.TrainingHistory;
import dev.gengap.training.TrainingState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Weights, the optimiser's state, position and history of a training loop, as a safetensors file:
 * training goes on from it bit for bit.
 *
 * @param contents of the file
 * @param origin what to call it in problems
 * @param remedy what to do if it cannot be used
 */
record SavedState(Safetensors contents, String origin, String remedy) {
  private static final String WEIGHTS = "weights.";
  private static final String OPTIMISER = "optimiser.";
  private static final String STEP = "step";
  private static final String EPOCHS = "epochs";
  private static final String LOSS_SUM = "running_loss_sum";
  private static final String CORRECT = "running_correct";
  private static final String EXAMPLES = "running_examples";
  private static final String BATCHES = "running_batches";
  private static final String LOWEST_LOSS = "lowest_loss";
  private static final String CHECKS = "checks_per_epoch";
  private static final String HELD_OUT_LOSS = "held_out_loss";
  private static final String EVALUATIONS = "evaluations";
  private static final String HELD_OUT_EPOCH = "held_out_epoch";

  /** The contents of a file that holds {@code state}. */
  static Safetensors contents(TrainingState state) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    add(tensors, WEIGHTS, state.weights());
    for (int i = 0; i < state.optimiser().size(); i++) {
      add(tensors, vector(i), state.optimiser().get(i));
    }
    tensors.putAll(SavedHistory.tensors(state.history()));
    return new Safetensors(numbers(state), tensors);
  }

  private static Map<String, String> numbers(TrainingState state) {
    RunningMean running = state.running();
    Map<String, String> numbers = new LinkedHashMap<>();
    numbers.put(EVALUATIONS, Integer.toString(state.history().evaluations()));
    numbers.put(STEP, Long.toString(state.step()));
    numbers.put(EPOCHS, Integer.toString(state.epochs()));
    numbers.put(LOSS_SUM, Double.toString(running.lossSum()));
    numbers.put(CORRECT, Long.toString(running.correct()));
    numbers.put(EXAMPLES, Long.toString(running.examples()));
    numbers.put(BATCHES, Integer.toString(running.batches()));
    numbers.put(LOWEST_LOSS, Double.toString(state.lowestLoss()));
    numbers.put(CHECKS, Integer.toString(state.checksPerEpoch()));
    numbers.put(HELD_OUT_LOSS, Double.toString(state.heldOut().loss()));
    numbers.put(HELD_OUT_EPOCH, Integer.toString(state.heldOut().epoch()));
    return numbers;
  }

  /**
   * Steps done.
   *
   * @throws UserError if the file does not say
   */
  long step() {
    return number(STEP, Long::valueOf);
  }

  /**
   * The state.
   *
   * @param history whether the run goes on with the history of its evaluations
   * @throws UserError if the file is of another network or optimiser
   */
  TrainingState state(NetworkSpec network, UpdateRule rule, boolean history) {
    return new TrainingState(
        part(WEIGHTS, network.tensors()),
        IntStream.range(0, rule.stateVectors())
            .mapToObj(i -> part(vector(i), network.parameters()))
            .toList(),
        step(),
        number(EPOCHS, Integer::valueOf),
        running(),
        number(LOWEST_LOSS, Double::valueOf),
        contents.metadata().containsKey(CHECKS) ? number(CHECKS, Integer::valueOf) : 1,
        new HeldOutBest(
            number(HELD_OUT_LOSS, Double::valueOf), number(HELD_OUT_EPOCH, Integer::valueOf)),
        history ? history() : TrainingHistory.NONE);
  }

  /** Earlier versions saved at the ends of epochs alone, and said nothing of it. */
  private RunningMean running() {
    return contents.metadata().containsKey(BATCHES)
        ? new RunningMean(
            number(LOSS_SUM, Double::valueOf),
            number(CORRECT, Long::valueOf),
            number(EXAMPLES, Long::valueOf),
            number(BATCHES, Integer::valueOf))
        : RunningMean.NONE;
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

  private Weights part(String prefix, List<ParameterSpec> expected) {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    for (ParameterSpec parameter : expected) {
      String name = prefix + parameter.name();
      Tensor tensor = contents.tensors().get(name);
      if (tensor == null || !tensor.shape().equals(parameter.shape())) {
        Object found = tensor == null ? "none" : tensor.shape();
        throw unusable(name, found, "shape " + parameter.shape(), null);
      }
      tensors.put(parameter.name(), new FloatArray(tensor.shape(), tensor.floats()));
    }
    return new Weights(tensors);
  }

  private TrainingHistory history() {
    int evaluations = number(EVALUATIONS, Integer::valueOf);
    try {
      return SavedHistory.read(contents.tensors(), evaluations);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw unusable("history", e.getMessage(), "that of the run", e);
    }
  }

  private <T> T number(String key, Function<String, T> parse) {
    String text = contents.metadata().get(key);
    try {
      return parse.apply(String.valueOf(text));
    } catch (NumberFormatException e) {
      throw unusable(key, text, "a number", e);
    }
  }

  private UserError unusable(String name, Object found, String expected, Exception cause) {
    return new UserError(Problem.of(origin, name, found, expected).withRemedy(remedy), cause);
  }
}
