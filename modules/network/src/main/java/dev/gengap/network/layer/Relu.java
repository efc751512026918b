package dev.gengap.network.layer;

/** y = max(x, 0). */
public record Relu() implements LayerSpec {
  @Override
  public String type() {
    return "relu";
  }
}
