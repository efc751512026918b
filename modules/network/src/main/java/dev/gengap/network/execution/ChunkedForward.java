package dev.gengap.network.execution;

import dev.gengap.data.Examples;
import dev.gengap.network.NetworkSpec;

/** Runs whole sets of examples through a forward pass. Confined to the pass's thread. */
public final class ChunkedForward {
  private final ForwardPass pass;
  private final NetworkSpec spec;
  private final float[] inputs;
  private final double[] logits;

  /** Receives the outputs of one batch. */
  @FunctionalInterface
  public interface Consumer {
    /**
     * Called for each batch in order.
     *
     * @param from index of its first example
     * @param count its number of examples
     * @param logits (example, class), row-major; valid during the call
     */
    void accept(int from, int count, double[] logits);
  }

  public ChunkedForward(ForwardPass pass, NetworkSpec spec) {
    this.pass = pass;
    this.spec = spec;
    inputs = new float[pass.batch() * spec.features()];
    logits = new double[pass.batch() * spec.classes()];
  }

  /**
   * Runs all {@code examples}, a batch at a time.
   *
   * @throws IllegalArgumentException if their inputs do not fit the network
   */
  public void forEach(Examples examples, Consumer consumer) {
    if (examples.features() != spec.features()) {
      throw new IllegalArgumentException(
          "features: " + examples.features() + " (expected: " + spec.features() + ")");
    }
    for (int from = 0; from < examples.size(); from += pass.batch()) {
      int count = Math.min(pass.batch(), examples.size() - from);
      examples.copyInputs(from, count, inputs);
      pass.run(inputs, count, logits);
      consumer.accept(from, count, logits);
    }
  }
}
