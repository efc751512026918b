package dev.gengap.compute.nd4j;

/**
 * Off-heap memory that operations share, each for what it needs only while it runs. Confined to the
 * workspace's thread.
 */
final class ScratchMemory {
  /** Parts begin at multiples of 64 bytes. */
  private static final int ALIGNMENT = 16;

  private final Nd4jWorkspace workspace;
  private Nd4jTensor block;

  ScratchMemory(Nd4jWorkspace workspace) {
    this.workspace = workspace;
  }

  /** What {@code size} elements take. */
  static int aligned(int size) {
    return Math.multiplyExact(
        Math.floorDiv(Math.addExact(size, ALIGNMENT - 1), ALIGNMENT), ALIGNMENT);
  }

  /**
   * Makes room for operations that take at most {@code size} elements, so that those prepared next
   * share one block.
   */
  void reserve(int size) {
    if (size > 0 && (block == null || block.size() < size)) {
      block = workspace.allocate(size);
    }
  }

  /** The parts of one operation that takes {@code size} elements altogether. */
  Parts take(int size) {
    reserve(size);
    return new Parts(block);
  }

  /** Hands out one operation's parts, one after the other. */
  static final class Parts {
    private final Nd4jTensor block;
    private int used;

    private Parts(Nd4jTensor block) {
      this.block = block;
    }

    Nd4jTensor next(int... shape) {
      Nd4jTensor part = block.view(used, shape);
      used += aligned(part.size());
      return part;
    }
  }
}
