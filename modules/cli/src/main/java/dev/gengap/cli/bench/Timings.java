package dev.gengap.cli.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a repeated piece of work took, after its warm-up.
 *
 * @param medianMillis median [ms]
 * @param minMillis least [ms]
 * @param p90Millis 90th percentile [ms]
 */
record Timings(double medianMillis, double minMillis, double p90Millis) {

  /** A piece of work to be timed. */
  @FunctionalInterface
  interface Work {
    /** Does it once. */
    void run() throws InterruptedException;
  }

  /** Does {@code work} {@code warmUp} times, then times each of {@code repetitions} more. */
  static Timings of(Work work, int warmUp, int repetitions) throws InterruptedException {
    for (int i = 0; i < warmUp; i++) {
      work.run();
    }
    double[] millis = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      work.run();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return ofMillis(millis);
  }

  /** Of the times {@code millis} [ms], at least one. */
  static Timings ofMillis(double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    int p90 = Math.min((int) (sorted.length * 0.9), sorted.length - 1);
    return new Timings(sorted[sorted.length / 2], sorted[0], sorted[p90]);
  }

  /** As fields of a JSON document. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("medianMillis", medianMillis);
    fields.put("minMillis", minMillis);
    fields.put("p90Millis", p90Millis);
    return fields;
  }
}
