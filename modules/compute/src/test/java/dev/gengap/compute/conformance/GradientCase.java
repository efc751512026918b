package dev.gengap.compute.conformance;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A function of tensors with operations for its gradient. */
record GradientCase(String name, Function<Fixture, Differentiable> function) {

  /**
   * Operations and those of their gradient.
   *
   * @param output of {@code forward}
   * @param outputGradient what {@code backward} begins with
   */
  record Differentiable(
      List<TensorOperation> forward,
      Tensor output,
      Tensor outputGradient,
      List<TensorOperation> backward,
      List<Variable> variables) {}

  /** A tensor that {@code forward} reads and where {@code backward} leaves its gradient. */
  record Variable(String name, Tensor value, Tensor gradient) {}

  /** Forward and backward as values to compare with the reference's. */
  Case values() {
    return new Case(
        name,
        fixture -> {
          Differentiable made = function.apply(fixture);
          List<TensorOperation> operations = new ArrayList<>(made.forward());
          operations.addAll(made.backward());
          return operations;
        });
  }

  @Override
  public String toString() {
    return name;
  }
}
