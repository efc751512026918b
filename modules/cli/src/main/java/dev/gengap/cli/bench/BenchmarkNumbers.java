package dev.gengap.cli.bench;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;

/** Numbers to compute with where only the time matters: from U(−1, 1), never denormal. */
final class BenchmarkNumbers {
  private BenchmarkNumbers() {}

  static float[] of(int count, long id) {
    CounterRandom random = CounterRandom.of(1, RandomStream.INITIALISATION);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (2 * random.uniform(id, i) - 1);
    }
    return numbers;
  }
}
