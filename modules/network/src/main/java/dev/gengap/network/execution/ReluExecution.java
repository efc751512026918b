package dev.gengap.network.execution;

import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorOperation.Relu;
import dev.gengap.compute.TensorOperation.ReluBackward;
import java.util.List;

/**
 * max(x, 0) in place: no layer needs its output again once the next has it, and where the output is
 * positive is where the input was.
 */
record ReluExecution(Signal output) implements LayerExecution {

  @Override
  public List<TensorOperation> forward(int rows) {
    return List.of(new Relu(output.firstRows(rows).values()));
  }

  @Override
  public List<TensorOperation> backward(int rows) {
    Signal signal = output.firstRows(rows);
    return signal.gradient().stream()
        .<TensorOperation>map(gradient -> new ReluBackward(signal.values(), gradient))
        .toList();
  }
}
