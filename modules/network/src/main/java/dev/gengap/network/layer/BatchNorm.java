package dev.gengap.network.layer;

import dev.gengap.network.layer.ParameterSpec.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, arXiv 1502.03167) of each channel of images, or each
 * number of vectors: γ·(x − mean)/√(variance + ε) + β. In training with mean and biased variance of
 * the minibatch; in evaluation with the running ones, which training moves by running ← (1 −
 * momentum)·running + momentum·(mean, unbiased variance).
 *
 * @param epsilon ε, &gt; 0
 * @param momentum share of the newest minibatch, in [0, 1]
 */
public record BatchNorm(double epsilon, double momentum) implements LayerSpec {
  public static final double DEFAULT_EPSILON = 1e-5;
  public static final double DEFAULT_MOMENTUM = 0.1;

  public BatchNorm {
    Checks.require(epsilon > 0, "epsilon", epsilon, "> 0");
    Checks.require(momentum >= 0 && momentum <= 1, "momentum", momentum, "0 … 1");
  }

  @Override
  public String type() {
    return "batch_norm";
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("epsilon", epsilon);
    options.put("momentum", momentum);
    return options;
  }

  @Override
  public Optional<Misfit> misfit(List<Integer> input) {
    if (Shapes.isImage(input) || input.size() == 1) {
      return Optional.empty();
    }
    return Shapes.misfit(
        "batch_norm input", input, "an image, (channel, height, width), or a vector");
  }

  @Override
  public List<ParameterSpec> parameters(String name, List<Integer> input) {
    List<Integer> channels = List.of(input.get(0));
    return List.of(
        new ParameterSpec(name + ".weight", channels, 1, 1, Role.SCALE),
        new ParameterSpec(name + ".bias", channels, 1, 1, Role.SHIFT),
        new ParameterSpec(name + ".running_mean", channels, 1, 1, Role.RUNNING_MEAN),
        new ParameterSpec(name + ".running_var", channels, 1, 1, Role.RUNNING_VARIANCE));
  }
}
