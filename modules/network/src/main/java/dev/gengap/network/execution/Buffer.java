package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The numbers of one signal for a full batch, or their gradient. Its memory is assigned once all
 * buffers are known, because some can share it. Confined to the workspace's thread.
 */
final class Buffer {
  private final int size;
  private Tensor memory;

  /** For {@code size} numbers. */
  Buffer(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }

  boolean isAssigned() {
    return memory != null;
  }

  /** Puts the buffer at the start of {@code tensor}. */
  void assign(Tensor tensor) {
    if (isAssigned()) {
      throw new IllegalStateException("buffer: assigned (expected: once only)");
    }
    memory = tensor;
  }

  /** Gives the buffer memory of its own. */
  void allocate(Workspace workspace, TensorRole role) {
    assign(workspace.allocate(role, size));
  }

  /** The first {@code rows} examples, each of {@code shape}. */
  Tensor view(int rows, List<Integer> shape) {
    return memory.view(
        0, IntStream.concat(IntStream.of(rows), shape.stream().mapToInt(i -> i)).toArray());
  }
}
