package dev.gengap.network.execution;

import dev.gengap.compute.NormalisationOperation.AffineGradients;
import dev.gengap.compute.NormalisationOperation.LayerNormBackward;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.network.layer.LayerNorm;
import java.util.List;

/**
 * Layer normalisation.
 *
 * @param saved what the gradient needs, each (batch)
 */
record LayerNormExecution(
    LayerNorm layer, LayerParameters parameters, Saved saved, Signal input, Signal output)
    implements LayerExecution {

  @Override
  public List<Signal> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(OperationSequence operations) {
    operations.add(
        new dev.gengap.compute.NormalisationOperation.LayerNorm(
            operations.values(input),
            parameters.value("weight"),
            parameters.value("bias"),
            layer.epsilon(),
            saved(operations),
            operations.values(output)));
  }

  @Override
  public void backward(OperationSequence operations) {
    operations.add(
        new LayerNormBackward(
            operations.values(input),
            parameters.value("weight"),
            saved(operations),
            operations.gradient(output),
            new AffineGradients(parameters.gradient("weight"), parameters.gradient("bias")),
            operations.inputGradient(input, output)));
  }

  private Saved saved(OperationSequence operations) {
    return new Saved(
        saved.mean().firstRows(operations.rows()),
        saved.inverseDeviation().firstRows(operations.rows()));
  }
}
