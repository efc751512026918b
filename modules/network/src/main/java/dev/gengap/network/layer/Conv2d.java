package dev.gengap.network.layer;

import dev.gengap.compute.Window;
import dev.gengap.network.layer.ParameterSpec.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Convolution of images with {@code out} kernels over all channels (a cross-correlation, as
 * everywhere in deep learning), plus a bias for each.
 *
 * @param out channels given
 * @param bias whether there are biases
 */
public record Conv2d(int out, Extent kernel, Extent stride, Padding padding, boolean bias)
    implements LayerSpec {
  public Conv2d {
    Checks.requirePositive("out", out);
    kernel.requirePositive("kernel");
    stride.requirePositive("stride");
  }

  /** What it looks at in an image of shape {@code input}: (channel, height, width). */
  public Window window(List<Integer> input) {
    return sliding().window(input);
  }

  @Override
  public String type() {
    return "conv2d";
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("out", out);
    sliding().writeTo(options);
    options.put("bias", bias);
    return options;
  }

  @Override
  public Optional<Misfit> misfit(List<Integer> input) {
    return sliding()
        .misfit(type(), out, input)
        .or(() -> Shapes.requireArray("conv2d weight", weightShape(input)));
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return sliding().outputShape(out, input);
  }

  @Override
  public List<ParameterSpec> parameters(String name, List<Integer> input) {
    int area = kernel.height() * kernel.width();
    int fanIn = input.get(0) * area;
    int fanOut = out * area;
    List<ParameterSpec> found = new ArrayList<>();
    found.add(new ParameterSpec(name + ".weight", weightShape(input), fanIn, fanOut, Role.WEIGHT));
    if (bias) {
      found.add(new ParameterSpec(name + ".bias", List.of(out), fanIn, fanOut, Role.BIAS));
    }
    return found;
  }

  @Override
  public long multiplyAdds(List<Integer> input) {
    return Shapes.elements(outputShape(input)) * input.get(0) * kernel.height() * kernel.width();
  }

  private List<Integer> weightShape(List<Integer> input) {
    return List.of(out, input.get(0), kernel.height(), kernel.width());
  }

  private Sliding sliding() {
    return new Sliding(kernel, stride, padding);
  }
}
