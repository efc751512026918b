package dev.gengap.compute.nd4j;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets an operation of ND4J, which makes all its gradients and replaces what was there, accumulate
 * them or leave them out: by way of scratch memory.
 */
final class GradientTargets {
  private final Nd4jWorkspace workspace;
  private final ScratchMemory.Parts parts;
  private final List<Operation> additions = new ArrayList<>();

  /**
   * @param scratchSize what {@link #scratchSize} says of all its accumulators together
   */
  GradientTargets(Nd4jWorkspace workspace, int scratchSize) {
    this.workspace = workspace;
    this.parts = workspace.scratchMemory().take(scratchSize);
  }

  /** How much scratch memory {@code accumulator} takes. */
  static int scratchSize(Accumulator accumulator) {
    return accumulator.keep() == 0 ? 0 : ScratchMemory.aligned(accumulator.tensor().size());
  }

  /** The same for a gradient shaped as {@code like} that may not be wanted. */
  static int scratchSize(Optional<Accumulator> accumulator, Tensor like) {
    return accumulator
        .map(GradientTargets::scratchSize)
        .orElseGet(() -> ScratchMemory.aligned(like.size()));
  }

  /** What the operation is to write for {@code accumulator}. */
  Nd4jTensor receive(Accumulator accumulator) {
    AccumulatingTensor into = workspace.own(accumulator);
    if (into.keep() == 0) {
      return into.tensor();
    }
    Nd4jTensor gradient = ignore(into.tensor());
    additions.add(new PointwisePreparer(workspace).accumulate(gradient, into));
    return gradient;
  }

  /** What the operation is to write where its gradient, shaped as {@code like}, is not wanted. */
  Nd4jTensor ignore(Tensor like) {
    return parts.next(like.shape().stream().mapToInt(Integer::intValue).toArray());
  }

  /** {@code operation}, then what is to be added. */
  Operation after(Operation operation) {
    List<Operation> all = new ArrayList<>();
    all.add(operation);
    all.addAll(additions);
    return Sequence.of(all);
  }
}
