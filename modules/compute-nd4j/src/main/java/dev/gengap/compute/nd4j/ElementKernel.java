package dev.gengap.compute.nd4j;

/**
 * What is done to each element alone, some thousand at a time.
 *
 * @param elements how many
 * @param rows of scratch that the step takes
 * @param step what is done to some of them
 */
record ElementKernel(int elements, int rows, Step step) implements HostKernel {
  /** Few enough for some rows of them to stay in the nearest cache. */
  private static final int CHUNK = 1024;

  private static final int ITEM = 16 * CHUNK;

  /** Loads, computes and stores the {@code n} elements from {@code at} on. */
  @FunctionalInterface
  interface Step {
    void run(Scratch scratch, int at, int n);
  }

  @Override
  public int items() {
    return (elements + ITEM - 1) / ITEM;
  }

  @Override
  public long work() {
    return elements;
  }

  @Override
  public ScratchSize scratch() {
    return new ScratchSize(rows, Math.min(CHUNK, elements));
  }

  @Override
  public void run(int item, Scratch scratch) {
    int first = item * ITEM;
    int end = first + Math.min(ITEM, elements - first);
    for (int at = first; at < end; at += CHUNK) {
      step.run(scratch, at, Math.min(CHUNK, end - at));
    }
  }
}
