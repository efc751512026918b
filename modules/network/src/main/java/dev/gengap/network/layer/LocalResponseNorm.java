package dev.gengap.network.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Local response normalisation across channels (Krizhevsky et al. 2012): x·(k + α/n·Σ x²)^−β over
 * the n channels around x's. α is divided by n, as in PyTorch.
 *
 * @param size n, ≥ 1
 * @param alpha α, ≥ 0
 * @param beta β, ≥ 0
 * @param k &gt; 0
 */
public record LocalResponseNorm(int size, double alpha, double beta, double k)
    implements LayerSpec {
  public static final double DEFAULT_ALPHA = 1e-4;
  public static final double DEFAULT_BETA = 0.75;
  public static final double DEFAULT_K = 1;

  public LocalResponseNorm {
    Checks.requirePositive("size", size);
    Checks.require(alpha >= 0, "alpha", alpha, "≥ 0");
    Checks.require(beta >= 0, "beta", beta, "≥ 0");
    Checks.require(k > 0, "k", k, "> 0");
  }

  @Override
  public String type() {
    return "local_response_norm";
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("size", size);
    options.put("alpha", alpha);
    options.put("beta", beta);
    options.put("k", k);
    return options;
  }

  @Override
  public Optional<Misfit> misfit(List<Integer> input) {
    return Shapes.requireImage(type(), input);
  }
}
