package dev.gengap.compute.reference;

import dev.gengap.compute.NormalisationOperation;
import dev.gengap.compute.NormalisationOperation.AffineGradients;
import dev.gengap.compute.NormalisationOperation.BatchNorm;
import dev.gengap.compute.NormalisationOperation.BatchNormBackward;
import dev.gengap.compute.NormalisationOperation.BatchNormInference;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.LayerNorm;
import dev.gengap.compute.NormalisationOperation.LayerNormBackward;
import dev.gengap.compute.NormalisationOperation.LocalResponseNorm;
import dev.gengap.compute.NormalisationOperation.LocalResponseNormBackward;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.reference.ReferenceWorkspace.Sink;
import java.util.Optional;

/** Normalisations of batches, layers and local responses. */
record ReferenceNormalisations(ReferenceWorkspace workspace) {

  Operation prepare(NormalisationOperation operation) {
    if (operation instanceof BatchNorm norm) {
      return batchNorm(norm);
    }
    if (operation instanceof BatchNormInference norm) {
      return inference(norm);
    }
    if (operation instanceof BatchNormBackward norm) {
      return backward(
          standardised(norm.input(), Grouping.byChannel(norm.input()), norm.saved()),
          workspace.own(norm.scale()),
          workspace.own(norm.outputGradient()),
          new Sinks(norm.affine(), norm.inputGradient().map(workspace::sink)));
    }
    if (operation instanceof LayerNorm norm) {
      return layerNorm(norm);
    }
    if (operation instanceof LayerNormBackward norm) {
      return backward(
          standardised(norm.input(), Grouping.byExample(norm.input()), norm.saved()),
          workspace.own(norm.scale()),
          workspace.own(norm.outputGradient()),
          new Sinks(norm.affine(), norm.inputGradient().map(workspace::sink)));
    }
    if (operation instanceof LocalResponseNorm norm) {
      return new ReferenceResponseNorm(Images.of(workspace.own(norm.input())), norm.response())
          .forward(workspace.own(norm.output()));
    }
    LocalResponseNormBackward norm = (LocalResponseNormBackward) operation;
    workspace.own(norm.output());
    return new ReferenceResponseNorm(Images.of(workspace.own(norm.input())), norm.response())
        .backward(workspace.own(norm.outputGradient()), workspace.sink(norm.inputGradient()));
  }

  private Operation batchNorm(BatchNorm norm) {
    Standardised input = standardised(norm.input(), Grouping.byChannel(norm.input()), norm.saved());
    BatchStatistics statistics = norm.statistics();
    ReferenceTensor scale = workspace.own(statistics.scale());
    ReferenceTensor shift = workspace.own(statistics.shift());
    Sink runningMean = new Sink(workspace.own(statistics.runningMean()), 1 - norm.momentum());
    Sink runningVariance =
        new Sink(workspace.own(statistics.runningVariance()), 1 - norm.momentum());
    ReferenceTensor output = workspace.own(norm.output());
    return () -> {
      double[] means = input.means();
      double[] variances = input.variances(means);
      input.save(means, variances, norm.epsilon());
      input.scale(scale, shift, output);
      int n = input.groups().size();
      double unbiased = n > 1 ? (double) n / (n - 1) : 1;
      runningMean.accept(times(norm.momentum(), means));
      runningVariance.accept(times(norm.momentum() * unbiased, variances));
    };
  }

  private Operation inference(BatchNormInference norm) {
    ReferenceTensor x = workspace.own(norm.input());
    ReferenceTensor scale = workspace.own(norm.statistics().scale());
    ReferenceTensor shift = workspace.own(norm.statistics().shift());
    ReferenceTensor mean = workspace.own(norm.statistics().runningMean());
    ReferenceTensor variance = workspace.own(norm.statistics().runningVariance());
    ReferenceTensor output = workspace.own(norm.output());
    Grouping groups = Grouping.byChannel(norm.input());
    return () -> {
      for (int i = 0; i < x.size(); i++) {
        int c = groups.group(i);
        double deviation = Math.sqrt(variance.get(c) + norm.epsilon());
        output.set(i, scale.get(c) * (x.get(i) - mean.get(c)) / deviation + shift.get(c));
      }
    };
  }

  private Operation layerNorm(LayerNorm norm) {
    Standardised input = standardised(norm.input(), Grouping.byExample(norm.input()), norm.saved());
    ReferenceTensor scale = workspace.own(norm.scale());
    ReferenceTensor shift = workspace.own(norm.shift());
    ReferenceTensor output = workspace.own(norm.output());
    return () -> {
      double[] means = input.means();
      input.save(means, input.variances(means), norm.epsilon());
      input.scale(scale, shift, output);
    };
  }

  private Operation backward(
      Standardised input, ReferenceTensor scale, ReferenceTensor outputGradient, Sinks sinks) {
    Sink scaleGradient = workspace.sink(sinks.affine().scale());
    Sink shiftGradient = workspace.sink(sinks.affine().shift());
    return () -> {
      Standardised.Gradients gradients = input.gradients(scale, outputGradient);
      scaleGradient.accept(gradients.scale());
      shiftGradient.accept(gradients.shift());
      sinks.input().ifPresent(s -> s.accept(gradients.input()));
    };
  }

  private Standardised standardised(Tensor input, Grouping groups, Saved saved) {
    return new Standardised(
        workspace.own(input),
        groups,
        workspace.own(saved.mean()),
        workspace.own(saved.inverseDeviation()));
  }

  private static double[] times(double factor, double[] values) {
    double[] products = values.clone();
    for (int i = 0; i < products.length; i++) {
      products[i] *= factor;
    }
    return products;
  }

  /** Where the gradients of a normalisation go. */
  private record Sinks(AffineGradients affine, Optional<Sink> input) {}
}
