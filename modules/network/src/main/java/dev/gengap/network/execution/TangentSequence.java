package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import java.util.Optional;

/**
 * Collects the operations of tangents, in one sequence with those of the layers themselves. A
 * signal's tangent is how its values move with the parameters, its gradient's tangent how its
 * gradient does. A signal without gradient does not move.
 */
final class TangentSequence {
  private final OperationSequence operations;
  private final OperationSequence twins;
  private final Tangents tangents;

  /** Beside the layers' own {@code operations}. */
  TangentSequence(OperationSequence operations, Tangents tangents) {
    this.operations = operations;
    this.twins = operations.beside();
    this.tangents = tangents;
  }

  void add(TensorOperation operation) {
    operations.add(operation);
  }

  /** Whether the values move with the parameters. */
  boolean moves(Signal signal) {
    return signal.gradient().isPresent();
  }

  /** The values of {@code signal}: (rows, …). */
  Tensor values(Signal signal) {
    return operations.values(signal);
  }

  /** The gradient that all readers of {@code signal} have left: (rows, …). */
  Tensor gradient(Signal signal) {
    return operations.gradient(signal);
  }

  /** The tangent of the values: (rows, …). */
  Tensor tangent(Signal signal) {
    return twins.values(tangents.of(signal));
  }

  /** The gradient's tangent that all readers of {@code signal} have left: (rows, …). */
  Tensor gradientTangent(Signal signal) {
    return twins.gradient(tangents.of(signal));
  }

  /** As {@link OperationSequence#inputGradient}, of the tangents. */
  Optional<Accumulator> inputGradientTangent(Signal input, Signal output) {
    return twins.inputGradient(tangents.of(input), tangents.of(output));
  }

  /** As {@link OperationSequence#passOn}, of the tangents. */
  void passOnTangent(Signal output, Signal input) {
    twins.passOn(tangents.of(output), tangents.of(input));
  }

  /** Memory for what is added to the tangent of a convolution's {@code output} next. */
  Tensor scratch(Signal output) {
    return tangents.scratch(operations.rows(), output);
  }

  /** Which way {@code parameter} moves. */
  Tensor direction(LayerParameters layer, String parameter) {
    return tangents.parameters().direction().get(layer.layer() + "." + parameter);
  }

  /** Where the product of {@code parameter} with the Hessian goes. */
  Tensor product(LayerParameters layer, String parameter) {
    return tangents.parameters().product().get(layer.layer() + "." + parameter);
  }
}
