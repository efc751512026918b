package dev.gengap.compute.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import java.util.List;

/**
 * A float64 workspace of the reference, whose tensors are compared with numbers known elsewhere.
 */
final class Golden {
  final Workspace workspace = new ReferenceBackend().newWorkspace(Precision.FLOAT64);

  Tensor tensor(List<Integer> shape, double... values) {
    Tensor tensor =
        workspace.allocate(
            TensorRole.ACTIVATIONS, shape.stream().mapToInt(Integer::intValue).toArray());
    tensor.write(values, values.length);
    return tensor;
  }

  Tensor vector(double... values) {
    return tensor(List.of(values.length), values);
  }

  void run(TensorOperation... operations) {
    workspace.prepare(List.of(operations)).run();
  }

  static void assertHolds(Tensor tensor, double... expected) {
    double[] values = new double[tensor.size()];
    tensor.read(values, values.length);
    assertThat(values).containsExactly(expected, within(1e-10));
  }
}
