package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.core.CounterRandom;

/**
 * The factors of a dropout layer (Srivastava et al. 2014; inverted): 0 with probability p, else
 * 1/(1 − p), where p is rounded to a multiple of 2⁻¹⁶. A factor depends on the seed, the step, the
 * layer and the element's place in the batch alone, so it is the same on every backend. Made on the
 * host. Confined to the workspace's thread.
 */
final class DropoutMask {
  private static final int LEVELS = 1 << 16;
  private static final int LAYER_BITS = 16;

  /** 32-bit words of a block of random bits, each for two elements. */
  private static final int WORDS = 4;

  private final Source source;
  private final int dropped;
  private final int elements;
  private final int[] words;
  private final float[] values;
  private final Tensor factors;

  /**
   * Where the bits of a mask come from.
   *
   * @param random the numbers of the run's dropout seed
   * @param layer which of the network's dropout layers, from 0
   */
  record Source(CounterRandom random, int layer) {}

  /**
   * A mask of zeros, until it is drawn.
   *
   * @param p probability of a zero, in [0, 1)
   * @param batch most examples at once
   * @param elements numbers of an example
   */
  DropoutMask(Workspace workspace, Source source, double p, int batch, int elements) {
    this.source = source;
    this.dropped = (int) Math.min(Math.rint(p * LEVELS), LEVELS - 1);
    this.elements = elements;
    words = new int[WORDS * blocks(Math.multiplyExact(batch, elements))];
    values = new float[2 * words.length];
    factors = workspace.allocate(TensorRole.INPUT, batch, elements);
  }

  /** Draws the factors of the first {@code rows} examples of step {@code step}. */
  void draw(long step, int rows) {
    int count = rows * elements;
    source.random().words(step << LAYER_BITS | source.layer(), words, blocks(count));
    float scale = LEVELS / (float) (LEVELS - dropped);
    for (int i = 0; 2 * i < count; i++) {
      values[2 * i] = (words[i] & (LEVELS - 1)) < dropped ? 0 : scale;
      values[2 * i + 1] = words[i] >>> Short.SIZE < dropped ? 0 : scale;
    }
    factors.write(values, count);
  }

  /** The factors of the first {@code rows} examples. */
  Tensor factors(int rows) {
    return factors.firstRows(rows);
  }

  private static int blocks(int elements) {
    return (elements + 2 * WORDS - 1) / (2 * WORDS);
  }
}
