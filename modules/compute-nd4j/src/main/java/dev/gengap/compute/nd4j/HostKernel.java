package dev.gengap.compute.nd4j;

/**
 * Work that Java does itself, because ND4J's own operations for it are slow, allocate, or do not
 * exist. It is cut into items that do not depend on each other, so that neither their order nor the
 * number of threads decides any bits.
 */
interface HostKernel {
  int items();

  /** How many numbers all items together go through: what it costs, roughly. */
  long work();

  /** Rows that an item takes, and their length. */
  ScratchSize scratch();

  /** Does one item. */
  void run(int item, Scratch scratch);

  /** How much scratch memory an item needs. */
  record ScratchSize(int rows, int length) {}
}
