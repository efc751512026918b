package dev.gengap.network.execution;

import java.util.List;

/** What one layer computes: which operations, on which signals. */
interface LayerExecution {
  /** What the layer reads. */
  List<Signal> inputs();

  /** What the layer hands on; may be in the memory of an input that only it reads. */
  Signal output();

  /** Adds the operations that make the output from the inputs. */
  void forward(OperationSequence operations);

  /**
   * Adds the operations that turn the gradient of the output into those of the layer's parameters
   * and of those inputs that have one. Called where the output has a gradient.
   */
  void backward(OperationSequence operations);
}
