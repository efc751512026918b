package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the named tensors of a case in any workspace, always with the same contents, and tells what
 * became of them. In a {@link Placement#VIEW} there are other numbers around each, which must stay.
 */
final class Fixture {
  private static final int EXTRA_ROWS = 2;
  private static final int BEFORE = 3;
  private static final int AFTER = 2;
  private static final double AROUND = 1e6;

  private final Workspace workspace;
  private final Placement placement;
  private final List<Held> held = new ArrayList<>();

  /**
   * A tensor's memory, with what lies around it.
   *
   * @param scratch whether an operation may leave anything in it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared by equals
  private record Held(String name, Tensor memory, double[] initial, boolean scratch) {}

  /** What a tensor's memory held before and after. */
  @SuppressWarnings("ArrayRecordComponent") // never compared by equals
  record Outcome(String name, double[] before, double[] after) {}

  Fixture(Workspace workspace, Placement placement) {
    this.workspace = workspace;
    this.placement = placement;
  }

  Workspace workspace() {
    return workspace;
  }

  /** Ordinary numbers whose first size is the batch's. */
  Tensor batch(String name, int... shape) {
    return batch(name, Contents.ORDINARY, shape);
  }

  /** A tensor whose first size is the batch's. */
  Tensor batch(String name, Contents contents, int... shape) {
    return make(name, TensorRole.ACTIVATIONS, contents, shape);
  }

  /** Ordinary numbers that belong to a layer. */
  Tensor parameter(String name, int... shape) {
    return parameter(name, Contents.ORDINARY, shape);
  }

  /** A tensor that belongs to a layer. */
  Tensor parameter(String name, Contents contents, int... shape) {
    return make(name, TensorRole.PARAMETERS, contents, shape);
  }

  /** Where a batch's gradient goes: ordinary numbers to keep, or anything to replace. */
  Accumulator batchGradient(String name, double keep, int... shape) {
    return new Accumulator(batch(name, before(keep), shape), keep);
  }

  /** Where a parameter's gradient goes. */
  Accumulator parameterGradient(String name, double keep, int... shape) {
    return new Accumulator(parameter(name, before(keep), shape), keep);
  }

  private static Contents before(double keep) {
    return keep == 0 ? Contents.UNSET : Contents.ORDINARY;
  }

  /** A parameter in which an operation may leave anything. */
  Tensor scratch(String name, int... shape) {
    Tensor made = parameter(name, shape);
    Held last = held.remove(held.size() - 1);
    held.add(new Held(name, last.memory(), last.initial(), true));
    return made;
  }

  /** Brings back what every tensor held at first. */
  void restore() {
    held.forEach(h -> h.memory().write(h.initial(), h.initial().length));
  }

  /** What has become of every tensor that is not scratch. */
  List<Outcome> outcomes() {
    return held.stream()
        .filter(h -> !h.scratch())
        .map(h -> new Outcome(h.name(), h.initial(), Numbers.of(h.memory())))
        .toList();
  }

  private Tensor make(String name, TensorRole role, Contents contents, int... shape) {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (placement == Placement.WHOLE) {
      return hold(name, workspace.allocate(role, shape), contents, 0, size);
    }
    if (role == TensorRole.PARAMETERS) {
      Tensor arena = workspace.allocate(role, BEFORE + size + AFTER);
      return hold(name, arena, contents, BEFORE, size).view(BEFORE, shape);
    }
    int[] larger = shape.clone();
    larger[0] += EXTRA_ROWS;
    return hold(name, workspace.allocate(role, larger), contents, 0, size).firstRows(shape[0]);
  }

  private Tensor hold(String name, Tensor memory, Contents contents, int from, int size) {
    double[] initial = new double[memory.size()];
    for (int i = 0; i < initial.length; i++) {
      boolean within = i >= from && i < from + size;
      initial[i] = within ? contents.at(held.size(), i - from) : AROUND + i;
    }
    memory.write(initial, initial.length);
    held.add(new Held(name, memory, initial, false));
    return memory;
  }
}
