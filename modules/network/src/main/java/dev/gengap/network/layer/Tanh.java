package dev.gengap.network.layer;

/** y = tanh x. */
public record Tanh() implements LayerSpec {
  @Override
  public String type() {
    return "tanh";
  }
}
