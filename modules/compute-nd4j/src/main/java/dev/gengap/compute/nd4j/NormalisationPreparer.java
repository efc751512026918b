package dev.gengap.compute.nd4j;

import dev.gengap.compute.NormalisationOperation;
import dev.gengap.compute.NormalisationOperation.BatchNorm;
import dev.gengap.compute.NormalisationOperation.BatchNormBackward;
import dev.gengap.compute.NormalisationOperation.BatchNormInference;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.LayerNorm;
import dev.gengap.compute.NormalisationOperation.LayerNormBackward;
import dev.gengap.compute.NormalisationOperation.LocalResponseNorm;
import dev.gengap.compute.NormalisationOperation.LocalResponseNormBackward;
import dev.gengap.compute.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prepares normalisations: host kernels, which do in a few passes what ND4J does in many. */
record NormalisationPreparer(Nd4jWorkspace workspace) {

  Operation prepare(NormalisationOperation operation) {
    if (operation instanceof BatchNorm norm) {
      return batchNorm(norm, false);
    }
    if (operation instanceof BatchNormInference norm) {
      return batchNormInference(norm, false);
    }
    if (operation instanceof BatchNormBackward norm) {
      return batchNormBackward(norm, Optional.empty());
    }
    if (operation instanceof LayerNorm norm) {
      return layerNorm(norm);
    }
    if (operation instanceof LayerNormBackward norm) {
      return layerNormBackward(norm);
    }
    if (operation instanceof LocalResponseNorm norm) {
      return localResponse(norm);
    }
    return localResponseBackward((LocalResponseNormBackward) operation);
  }

  /** With a ReLU behind it where {@code relu}. */
  Operation batchNorm(BatchNorm norm, boolean relu) {
    BatchStatistics statistics = norm.statistics();
    return workspace.host(
        new BatchNormKernel(
            workspace.own(norm.input()),
            new BatchNormTensors(
                workspace.own(statistics.scale()),
                workspace.own(statistics.shift()),
                workspace.own(statistics.runningMean()),
                workspace.own(statistics.runningVariance()),
                workspace.own(norm.saved().mean()),
                workspace.own(norm.saved().inverseDeviation())),
            new BatchNormKernel.Constants(norm.momentum(), norm.epsilon(), relu),
            workspace.own(norm.output())));
  }

  /** With a ReLU behind it where {@code relu}. */
  Operation batchNormInference(BatchNormInference norm, boolean relu) {
    BatchStatistics statistics = norm.statistics();
    return workspace.host(
        new BatchNormInferenceKernel(
            workspace.own(norm.input()),
            new BatchNormInferenceKernel.Statistics(
                workspace.own(statistics.scale()),
                workspace.own(statistics.shift()),
                workspace.own(statistics.runningMean()),
                workspace.own(statistics.runningVariance()),
                norm.epsilon()),
            relu,
            workspace.own(norm.output())));
  }

  /** With the gradient of a ReLU before it, whose output was {@code reluOutput}. */
  Operation batchNormBackward(BatchNormBackward norm, Optional<Nd4jTensor> reluOutput) {
    return workspace.host(
        new BatchNormBackwardKernel(
            new BatchNormBackwardKernel.Source(
                workspace.own(norm.input()),
                workspace.own(norm.scale()),
                workspace.own(norm.saved().mean()),
                workspace.own(norm.saved().inverseDeviation()),
                workspace.own(norm.outputGradient())),
            reluOutput,
            workspace.own(norm.affine().scale()),
            workspace.own(norm.affine().shift()),
            norm.inputGradient().map(workspace::own)));
  }

  private Operation layerNorm(LayerNorm norm) {
    return workspace.host(
        new LayerNormKernel(
            workspace.own(norm.input()),
            new LayerNormKernel.LayerNormTensors(
                workspace.own(norm.scale()),
                workspace.own(norm.shift()),
                workspace.own(norm.saved().mean()),
                workspace.own(norm.saved().inverseDeviation())),
            norm.epsilon(),
            workspace.own(norm.output())));
  }

  private Operation layerNormBackward(LayerNormBackward norm) {
    LayerNormSource source =
        new LayerNormSource(
            workspace.own(norm.input()),
            workspace.own(norm.scale()),
            workspace.own(norm.saved().mean()),
            workspace.own(norm.saved().inverseDeviation()),
            workspace.own(norm.outputGradient()));
    List<Operation> steps = new ArrayList<>();
    steps.add(
        workspace.host(
            new LayerNormAffineKernel(
                source,
                workspace.own(norm.affine().scale()),
                workspace.own(norm.affine().shift()))));
    norm.inputGradient()
        .ifPresent(
            into ->
                steps.add(
                    workspace.host(new LayerNormBackwardKernel(source, workspace.own(into)))));
    return Sequence.of(steps);
  }

  private Operation localResponse(LocalResponseNorm norm) {
    Nd4jTensor input = workspace.own(norm.input());
    return workspace.host(
        new LocalResponseKernel(
            input,
            new ResponseWindow(Planes.of(input), norm.response()),
            workspace.own(norm.output())));
  }

  private Operation localResponseBackward(LocalResponseNormBackward norm) {
    Nd4jTensor input = workspace.own(norm.input());
    return workspace.host(
        new LocalResponseBackwardKernel(
            new LocalResponseBackwardKernel.Source(
                input, workspace.own(norm.output()), workspace.own(norm.outputGradient())),
            new ResponseWindow(Planes.of(input), norm.response()),
            workspace.own(norm.inputGradient())));
  }
}
