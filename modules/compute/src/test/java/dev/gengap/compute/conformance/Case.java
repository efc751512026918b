package dev.gengap.compute.conformance;

import dev.gengap.compute.TensorOperation;
import java.util.List;
import java.util.function.Function;

/**
 * Operations on a fixture's tensors, the same in any workspace.
 *
 * @param name of what is particular to it, shown when it fails
 */
record Case(String name, Function<Fixture, List<TensorOperation>> operations) {

  /** A case of one operation. */
  static Case of(String name, Function<Fixture, TensorOperation> operation) {
    return new Case(name, operation.andThen(List::of));
  }

  @Override
  public String toString() {
    return name;
  }
}
