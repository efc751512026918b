package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the operations of layers in the order in which they run. The first gradient of a signal
 * replaces what was in memory, those of its other readers are added to it.
 */
final class OperationSequence {
  private final int rows;
  private final List<TensorOperation> operations;
  private final Set<Buffer> gradientsWritten = new HashSet<>();

  /** For batches of {@code rows} examples. */
  OperationSequence(int rows) {
    this(rows, new ArrayList<>());
  }

  private OperationSequence(int rows, List<TensorOperation> operations) {
    this.rows = rows;
    this.operations = operations;
  }

  /** Collects operations on other signals, in one sequence with those collected here. */
  OperationSequence beside() {
    return new OperationSequence(rows, operations);
  }

  int rows() {
    return rows;
  }

  void add(TensorOperation operation) {
    operations.add(operation);
  }

  /** Everything added, in order. */
  List<TensorOperation> operations() {
    return List.copyOf(operations);
  }

  /** The values of {@code signal}: (rows, …). */
  Tensor values(Signal signal) {
    return signal.values().view(rows, signal.shape());
  }

  /** The gradient that all readers of {@code signal} have left: (rows, …). */
  Tensor gradient(Signal signal) {
    return signal.gradient().orElseThrow().view(rows, signal.shape());
  }

  /**
   * Where a layer leaves the gradient of {@code input}, of which it is to be asked once; empty
   * where nothing learns from it. The memory may be that of the gradient of {@code output}.
   */
  Optional<Accumulator> inputGradient(Signal input, Signal output) {
    if (input.gradient().isEmpty()) {
      return Optional.empty();
    }
    boolean first = gradientsWritten.add(input.gradient().get());
    boolean inPlace = input.gradient().equals(output.gradient());
    Tensor gradient = gradient(input);
    return Optional.of(
        first || inPlace ? Accumulator.replacing(gradient) : Accumulator.adding(gradient));
  }

  /**
   * Hands the gradient of {@code output} on as that of {@code input}, unless it is in its place.
   */
  void passOn(Signal output, Signal input) {
    if (!input.gradient().equals(output.gradient())) {
      inputGradient(input, output).ifPresent(dx -> add(new Accumulate(gradient(output), dx)));
    }
  }
}
