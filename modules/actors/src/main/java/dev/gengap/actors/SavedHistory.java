package dev.gengap.actors;

import dev.gengap.network.safetensors.Tensor;
import dev.gengap.training.ExampleHistory;
import dev.gengap.training.TrainingHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training history as int64 tensors of a resume point: (loss), and (3, example): first step
 * fitted, times forgotten, fitted now. Steps that never came are −1.
 */
final class SavedHistory {
  private static final String FIRST_STEPS = "history.first_steps";
  private static final String EXAMPLES = "history.examples";
  private static final int ROWS = 3;
  private static final long NEVER = -1;

  private SavedHistory() {}

  /** Tensors by name. */
  static Map<String, Tensor> tensors(TrainingHistory history) {
    long[] firstSteps =
        TrainingHistory.LOSSES.stream()
            .mapToLong(loss -> history.firstSteps().getOrDefault(loss, NEVER))
            .toArray();
    int count = history.examples().size();
    long[] examples = new long[ROWS * count];
    for (int i = 0; i < count; i++) {
      ExampleHistory example = history.examples().get(i);
      examples[i] = example.firstFitted().orElse(NEVER);
      examples[count + i] = example.forgotten();
      examples[2 * count + i] = example.fitted() ? 1 : 0;
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(FIRST_STEPS, Tensor.of(List.of(firstSteps.length), firstSteps));
    tensors.put(EXAMPLES, Tensor.of(List.of(ROWS, count), examples));
    return tensors;
  }

  /**
   * The history in {@code tensors}, after {@code evaluations}.
   *
   * @throws IllegalArgumentException if they do not hold one
   */
  static TrainingHistory read(Map<String, Tensor> tensors, int evaluations) {
    long[] steps = longs(tensors, FIRST_STEPS);
    long[] examples = longs(tensors, EXAMPLES);
    if (steps.length != TrainingHistory.LOSSES.size() || examples.length % ROWS != 0) {
      throw new IllegalArgumentException(
          "history: %d losses, %d numbers of examples (expected: %d, a multiple of %d)"
              .formatted(steps.length, examples.length, TrainingHistory.LOSSES.size(), ROWS));
    }
    SortedMap<Double, Long> firstSteps = new TreeMap<>();
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] != NEVER) {
        firstSteps.put(TrainingHistory.LOSSES.get(i), steps[i]);
      }
    }
    return new TrainingHistory(evaluations, firstSteps, examples(examples));
  }

  private static List<ExampleHistory> examples(long[] numbers) {
    int count = numbers.length / ROWS;
    List<ExampleHistory> examples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      OptionalLong firstFitted =
          numbers[i] == NEVER ? OptionalLong.empty() : OptionalLong.of(numbers[i]);
      boolean fitted = numbers[2 * count + i] == 1;
      examples.add(new ExampleHistory(fitted, firstFitted, (int) numbers[count + i]));
    }
    return examples;
  }

  private static long[] longs(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(name + ": none (expected: a tensor)");
    }
    return tensor.longs();
  }
}
