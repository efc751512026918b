package dev.gengap.network.execution;

import dev.gengap.compute.NormalisationOperation.AffineGradients;
import dev.gengap.compute.NormalisationOperation.BatchNormBackward;
import dev.gengap.compute.NormalisationOperation.BatchNormInference;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.network.layer.BatchNorm;
import java.util.List;
import java.util.Optional;

/**
 * Batch normalisation: with the batch's own statistics in training, with the running ones in
 * evaluation.
 *
 * @param saved what training keeps for the gradient, each (channel); empty in evaluation
 */
record BatchNormExecution(
    BatchNorm layer, LayerParameters parameters, Optional<Saved> saved, Signal input, Signal output)
    implements LayerExecution {

  @Override
  public List<Signal> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(OperationSequence operations) {
    BatchStatistics statistics =
        new BatchStatistics(
            parameters.value("weight"),
            parameters.value("bias"),
            parameters.value("running_mean"),
            parameters.value("running_var"));
    operations.add(
        saved.isPresent()
            ? new dev.gengap.compute.NormalisationOperation.BatchNorm(
                operations.values(input),
                statistics,
                layer.momentum(),
                layer.epsilon(),
                saved.get(),
                operations.values(output))
            : new BatchNormInference(
                operations.values(input), statistics, layer.epsilon(), operations.values(output)));
  }

  @Override
  public void backward(OperationSequence operations) {
    operations.add(
        new BatchNormBackward(
            operations.values(input),
            parameters.value("weight"),
            saved.orElseThrow(),
            operations.gradient(output),
            new AffineGradients(parameters.gradient("weight"), parameters.gradient("bias")),
            operations.inputGradient(input, output)));
  }
}
