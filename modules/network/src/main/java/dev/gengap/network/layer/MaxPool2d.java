package dev.gengap.network.layer;

import dev.gengap.compute.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The largest number under each window, channel by channel; the padding is never the largest. */
public record MaxPool2d(Extent kernel, Extent stride, Padding padding) implements LayerSpec {
  public MaxPool2d {
    kernel.requirePositive("kernel");
    stride.requirePositive("stride");
  }

  /** What it looks at in an image of shape {@code input}: (channel, height, width). */
  public Window window(List<Integer> input) {
    return sliding().window(input);
  }

  @Override
  public String type() {
    return "max_pool2d";
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    sliding().writeTo(options);
    return options;
  }

  @Override
  public Optional<Misfit> misfit(List<Integer> input) {
    return sliding().poolingMisfit(type(), input);
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return sliding().outputShape(input.get(0), input);
  }

  private Sliding sliding() {
    return new Sliding(kernel, stride, padding);
  }
}
