package dev.gengap.compute.nd4j;

import dev.gengap.compute.SgdUpdate;
import java.util.Optional;

/** Two axpy: v ← v + wd·w, left out without weight decay, and w ← w − lr·v. */
final class Nd4jSgdUpdate implements SgdUpdate {
  private final Optional<CustomOperation> decay;
  private final CustomOperation move;
  private double preparedRate = Double.NaN;

  Nd4jSgdUpdate(
      Nd4jWorkspace workspace, Nd4jTensor weights, Nd4jTensor velocity, double weightDecay) {
    if (weights.size() != velocity.size()) {
      throw new IllegalArgumentException(
          "velocity: " + velocity.shape() + " (expected: " + weights.shape() + ")");
    }
    Nd4jTensor w = weights.view(0, weights.size());
    Nd4jTensor v = velocity.view(0, velocity.size());
    decay =
        weightDecay == 0
            ? Optional.empty()
            : Optional.of(axpy(w, v).numbers(weightDecay).in(workspace));
    move = axpy(v, w).in(workspace);
  }

  @Override
  public void run(double learningRate) {
    if (learningRate != preparedRate) {
      move.setNumbers(-learningRate);
      preparedRate = learningRate;
    }
    if (decay.isPresent()) {
      decay.get().run();
    }
    move.run();
  }

  /** y ← a·x + y; ND4J's operation scales its second input. */
  private static CustomOperation.Builder axpy(Nd4jTensor x, Nd4jTensor y) {
    return CustomOperation.named("axpy").inputs(y, x).outputs(y);
  }
}
