package dev.gengap.network.execution;

import dev.gengap.compute.Workspace;
import dev.gengap.data.Examples;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.Sequential;

/**
 * Runs whole sets of examples through a forward pass in evaluation mode, 512 at a time, or fewer
 * where one layer would give more than 2²⁵ numbers. Confined to the workspace's thread, which owns
 * its memory.
 */
public final class ChunkedForward {
  private static final int MOST_EXAMPLES = 512;
  private static final int MOST_ACTIVATIONS = 1 << 25;

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

  /** Runs {@code spec} with the values that {@code weights} have at each run. */
  public ChunkedForward(Workspace workspace, NetworkSpec spec, ParameterTensors weights) {
    this.pass = new ForwardPass(workspace, spec, weights, chunk(spec));
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

  /**
   * The outputs for all {@code examples}: (example, class), row-major.
   *
   * @throws IllegalArgumentException if their inputs do not fit the network
   */
  public double[] all(Examples examples) {
    double[] all = new double[Math.multiplyExact(examples.size(), spec.classes())];
    forEach(
        examples,
        (from, count, batch) ->
            System.arraycopy(batch, 0, all, from * spec.classes(), count * spec.classes()));
    return all;
  }

  private static int chunk(NetworkSpec spec) {
    int largest =
        new Sequential(spec.layers())
            .shapes(spec.input()).stream()
                .mapToInt(shape -> shape.stream().reduce(1, Math::multiplyExact))
                .max()
                .orElse(1);
    return Math.max(1, Math.min(MOST_EXAMPLES, MOST_ACTIVATIONS / largest));
  }
}
