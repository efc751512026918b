package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shares memory between buffers that are never in use together: one is in use from the first to the
 * last step that names it. Takes for each new buffer the smallest free stretch that holds it, else
 * lets the largest free one grow.
 */
final class BufferPlan {
  private final List<Stretch> stretches = new ArrayList<>();

  private static final class Stretch {
    private final List<Buffer> tenants = new ArrayList<>();
    private int size;
    private boolean free;
  }

  /**
   * A plan for a sequence of steps.
   *
   * @param steps the buffers that each step uses, in the order in which they run
   */
  BufferPlan(List<? extends Collection<Buffer>> steps) {
    Map<Buffer, Integer> lastUses = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Buffer buffer : steps.get(i)) {
        lastUses.put(buffer, i);
      }
    }
    Map<Buffer, Stretch> places = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Buffer buffer : steps.get(i)) {
        places.computeIfAbsent(buffer, this::place);
      }
      for (Buffer buffer : steps.get(i)) {
        places.get(buffer).free |= lastUses.get(buffer) == i;
      }
    }
  }

  /** Numbers in all stretches together. */
  long size() {
    return stretches.stream().mapToLong(stretch -> stretch.size).sum();
  }

  /** Allocates the stretches and assigns every buffer its own. */
  void allocate(Workspace workspace) {
    for (Stretch stretch : stretches) {
      Tensor memory = workspace.allocate(TensorRole.ACTIVATIONS, stretch.size);
      stretch.tenants.forEach(buffer -> buffer.assign(memory));
    }
  }

  private Stretch place(Buffer buffer) {
    Stretch chosen = smallestFree(buffer.size()).or(this::largestFree).orElseGet(this::another);
    chosen.tenants.add(buffer);
    chosen.size = Math.max(chosen.size, buffer.size());
    chosen.free = false;
    return chosen;
  }

  private Optional<Stretch> smallestFree(int size) {
    return stretches.stream()
        .filter(stretch -> stretch.free && stretch.size >= size)
        .min(Comparator.comparingInt(stretch -> stretch.size));
  }

  private Optional<Stretch> largestFree() {
    return stretches.stream()
        .filter(stretch -> stretch.free)
        .max(Comparator.comparingInt(stretch -> stretch.size));
  }

  private Stretch another() {
    Stretch stretch = new Stretch();
    stretches.add(stretch);
    return stretch;
  }
}
