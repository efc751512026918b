package dev.gengap.network.execution;

import dev.gengap.compute.TensorOperation;
import java.util.List;

/** What one layer computes: which operations, on its tensors, for a batch of some rows. */
interface LayerExecution {
  /** What the layer hands on, for a full batch. */
  Signal output();

  /** The operations that make the first {@code rows} outputs from as many inputs. */
  List<TensorOperation> forward(int rows);

  /**
   * The operations that turn the gradient of the outputs into those of the layer's parameters and,
   * where the input has one, of its inputs.
   */
  List<TensorOperation> backward(int rows);
}
