package dev.gengap.measures;

import dev.gengap.measures.api.Inputs;
import java.util.ArrayList;
import java.util.List;

/**
 * Means of two inputs of the same class: of each example and the next one of its class, after the
 * last the first. A class of one example has none. Confined to one thread.
 */
final class Mixtures implements Inputs {
  private final Inputs inputs;
  private final List<Pair> pairs = new ArrayList<>();

  private record Pair(int first, int second, int label) {}

  /** Of the first {@code count} of {@code inputs}. */
  Mixtures(Inputs inputs, int[] labels, int count) {
    this.inputs = inputs;
    for (int i = 0; i < count; i++) {
      int next = next(labels, i, count);
      if (next != i) {
        pairs.add(new Pair(i, next, labels[i]));
      }
    }
  }

  private static int next(int[] labels, int example, int count) {
    for (int step = 1; step < count; step++) {
      int candidate = (example + step) % count;
      if (labels[candidate] == labels[example]) {
        return candidate;
      }
    }
    return example;
  }

  @Override
  public int size() {
    return pairs.size();
  }

  @Override
  public int features() {
    return inputs.features();
  }

  @Override
  public void copy(int example, double[] into) {
    double[] second = new double[features()];
    inputs.copy(pairs.get(example).second(), second);
    inputs.copy(pairs.get(example).first(), into);
    for (int i = 0; i < second.length; i++) {
      into[i] = (into[i] + second[i]) / 2;
    }
  }

  /** The class of both inputs of each. */
  int[] labels() {
    return pairs.stream().mapToInt(Pair::label).toArray();
  }
}
