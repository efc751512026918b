package dev.gengap.compute.aparapi;

import dev.gengap.compute.Tensor;

/** Where tensors lie in a workspace's arena, and room for what operations need in between. */
final class Memory {
  private final DeviceArena arena;
  private final int unfoldedElements;
  private int scratch;
  private int scratchSize;

  /**
   * @param unfoldedElements what an unfolded piece of a batch should have at most
   */
  Memory(DeviceArena arena, int unfoldedElements) {
    this.arena = arena;
    this.unfoldedElements = unfoldedElements;
  }

  DeviceArena arena() {
    return arena;
  }

  /** Images of a batch to unfold at a time: as many as fit, at least one. */
  int imagesAtATime(int batch, int elementsOfOne) {
    return Math.max(1, Math.min(batch, unfoldedElements / elementsOfOne));
  }

  /** At least {@code size} elements that hold nothing between operations. */
  int scratch(int size) {
    if (size > scratchSize) {
      scratch = arena.allocate(size);
      scratchSize = size;
    }
    return scratch;
  }

  AparapiTensor own(Tensor tensor) {
    if (tensor instanceof AparapiTensor mine && mine.arena() == arena) {
      return mine;
    }
    throw new IllegalArgumentException("tensor: " + tensor + " (expected: one of this workspace)");
  }

  /** Where {@code tensor} begins. */
  int at(Tensor tensor) {
    return own(tensor).offset();
  }

  /** Where {@code tensor} begins, which must have as many elements as {@code other}. */
  int sameSize(String name, Tensor tensor, Tensor other) {
    if (tensor.size() != other.size()) {
      throw new IllegalArgumentException(
          name + ": " + tensor.shape() + " (expected: " + other.shape() + ")");
    }
    return at(tensor);
  }
}
