package dev.gengap.compute;

import java.util.List;
import java.util.Optional;

/** Normalisations and their gradients. */
public sealed interface NormalisationOperation extends TensorOperation {

  /**
   * What batch norm learns and remembers, each (channel).
   *
   * @param scale γ
   * @param shift β
   * @param runningMean of the batches seen in training
   * @param runningVariance of the same, unbiased
   */
  record BatchStatistics(Tensor scale, Tensor shift, Tensor runningMean, Tensor runningVariance) {
    void require(int channels) {
      for (Tensor tensor : List.of(scale, shift, runningMean, runningVariance)) {
        Shapes.require("batch norm", tensor, List.of(channels));
      }
    }
  }

  /**
   * What a normalisation leaves for its gradient: for each channel (batch norm) or example (layer
   * norm) the mean and 1/√(variance + ε).
   */
  record Saved(Tensor mean, Tensor inverseDeviation) {
    void require(int size) {
      Shapes.require("saved mean", mean, List.of(size));
      Shapes.require("saved inverse deviation", inverseDeviation, List.of(size));
    }
  }

  /** Where the gradients of a normalisation's γ and β go. */
  record AffineGradients(Accumulator scale, Accumulator shift) {}

  /**
   * Batch normalisation in training (Ioffe and Szegedy 2015): output ← γ·(input − mean)/√(variance
   * + ε) + β for each channel, with mean and (biased) variance over batch, height and width; then
   * running ← (1 − momentum)·running + momentum·(mean, unbiased variance; the biased one where
   * there is a single number).
   *
   * @param input (batch, channel) or (batch, channel, height, width)
   * @param momentum share of the new batch, in [0, 1]
   * @param epsilon ε, &gt; 0
   * @param saved receives mean and inverse deviation: (channel)
   * @param output shaped as the input, in other memory
   */
  record BatchNorm(
      Tensor input,
      BatchStatistics statistics,
      double momentum,
      double epsilon,
      Saved saved,
      Tensor output)
      implements NormalisationOperation {
    public BatchNorm {
      Shapes.requireChannels("input", input);
      statistics.require(input.shape().get(1));
      saved.require(input.shape().get(1));
      Shapes.requireSame("output", output, input);
    }
  }

  /** Batch normalisation in evaluation: with the running mean and variance, which stay. */
  record BatchNormInference(Tensor input, BatchStatistics statistics, double epsilon, Tensor output)
      implements NormalisationOperation {
    public BatchNormInference {
      Shapes.requireChannels("input", input);
      statistics.require(input.shape().get(1));
      Shapes.requireSame("output", output, input);
    }
  }

  /**
   * The gradient of {@link BatchNorm}.
   *
   * @param input as it was
   * @param scale γ as it was: (channel)
   * @param saved what the forward operation left
   * @param outputGradient ∂loss/∂output; left as it is
   * @param affine where the gradients of γ and β go
   * @param inputGradient may be in the memory of {@code outputGradient} where it replaces it; empty
   *     where nothing before learns
   */
  record BatchNormBackward(
      Tensor input,
      Tensor scale,
      Saved saved,
      Tensor outputGradient,
      AffineGradients affine,
      Optional<Accumulator> inputGradient)
      implements NormalisationOperation {
    public BatchNormBackward {
      Shapes.requireChannels("input", input);
      Shapes.require("scale", scale, List.of(input.shape().get(1)));
      saved.require(input.shape().get(1));
      Shapes.requireSame("output gradient", outputGradient, input);
      Shapes.requireSame("input gradient", inputGradient, input);
    }
  }

  /**
   * Layer normalisation (Ba et al. 2016): output ← γ·(input − mean)/√(variance + ε) + β, with mean
   * and (biased) variance over all numbers of an example.
   *
   * @param input (batch, …)
   * @param scale γ: as many numbers as an example
   * @param shift β: as many numbers as an example
   * @param saved receives mean and inverse deviation: (batch)
   * @param output shaped as the input, in other memory
   */
  record LayerNorm(
      Tensor input, Tensor scale, Tensor shift, double epsilon, Saved saved, Tensor output)
      implements NormalisationOperation {
    public LayerNorm {
      Shapes.requireEqual("scale size", scale.size(), input.columns());
      Shapes.requireEqual("shift size", shift.size(), input.columns());
      saved.require(input.rows());
      Shapes.requireSame("output", output, input);
    }
  }

  /** The gradient of {@link LayerNorm}; its parts as in {@link BatchNormBackward}. */
  record LayerNormBackward(
      Tensor input,
      Tensor scale,
      Saved saved,
      Tensor outputGradient,
      AffineGradients affine,
      Optional<Accumulator> inputGradient)
      implements NormalisationOperation {
    public LayerNormBackward {
      Shapes.requireEqual("scale size", scale.size(), input.columns());
      saved.require(input.rows());
      Shapes.requireSame("output gradient", outputGradient, input);
      Shapes.requireSame("input gradient", inputGradient, input);
    }
  }

  /**
   * Constants of local response normalisation across channels (Krizhevsky et al. 2012): y = x·(k +
   * α/n·Σ x²)^−β over the n channels around x's, as many of them as there are. With an even n one
   * more before than after.
   *
   * @param size n, ≥ 1
   */
  record Response(int size, double alpha, double beta, double k) {
    public Response {
      if (size < 1) {
        throw new IllegalArgumentException("size: " + size + " (expected: >= 1)");
      }
    }
  }

  /**
   * output ← local response norm of input.
   *
   * @param input (batch, channel, height, width)
   * @param output shaped as the input, in other memory
   */
  record LocalResponseNorm(Tensor input, Response response, Tensor output)
      implements NormalisationOperation {
    public LocalResponseNorm {
      Shapes.requireImages("input", input);
      Shapes.requireSame("output", output, input);
    }
  }

  /**
   * The gradient of {@link LocalResponseNorm}.
   *
   * @param input as it was
   * @param output as it was
   * @param outputGradient ∂loss/∂output; left as it is
   * @param inputGradient shaped as the input, in other memory than the output's gradient
   */
  record LocalResponseNormBackward(
      Tensor input,
      Tensor output,
      Response response,
      Tensor outputGradient,
      Accumulator inputGradient)
      implements NormalisationOperation {
    public LocalResponseNormBackward {
      Shapes.requireImages("input", input);
      Shapes.requireSame("output", output, input);
      Shapes.requireSame("output gradient", outputGradient, input);
      Shapes.requireSame("input gradient", inputGradient.tensor(), input);
    }
  }
}
