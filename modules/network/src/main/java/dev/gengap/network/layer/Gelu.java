package dev.gengap.network.layer;

/**
 * y = x·Φ(x), Φ the standard normal distribution function (Hendrycks and Gimpel 2016, arXiv
 * 1606.08415).
 */
public record Gelu() implements LayerSpec {
  @Override
  public String type() {
    return "gelu";
  }
}
