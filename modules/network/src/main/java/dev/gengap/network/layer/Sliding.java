package dev.gengap.network.layer;

import dev.gengap.compute.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kernel that moves over images: what convolutions and poolings have in common. */
record Sliding(Extent kernel, Extent stride, Padding padding) {
  Sliding {
    kernel.requirePositive("kernel");
    stride.requirePositive("stride");
  }

  /** The window over an image of shape {@code input}: (channel, height, width). */
  Window window(List<Integer> input) {
    Window bare =
        new Window(
            kernel.height(),
            kernel.width(),
            stride.height(),
            stride.width(),
            Window.Padding.symmetric(0, 0));
    return padding.around(input.get(1), input.get(2), bare);
  }

  /** The shape after it, with {@code channels} of its own. */
  List<Integer> outputShape(int channels, List<Integer> input) {
    Window window = window(input);
    return List.of(channels, window.outputHeight(input.get(1)), window.outputWidth(input.get(2)));
  }

  void writeTo(Map<String, Object> options) {
    options.put("kernel", kernel.written());
    options.put("stride", stride.written());
    options.put("padding", padding.written());
  }

  /** Why it cannot move over {@code input}, or give {@code channels} of it. */
  Optional<Misfit> misfit(String type, int channels, List<Integer> input) {
    Optional<Misfit> notImage = Shapes.requireImage(type, input);
    if (notImage.isPresent()) {
      return notImage;
    }
    Window.Padding around = window(input).padding();
    int height = input.get(1) + around.top() + around.bottom();
    int width = input.get(2) + around.left() + around.right();
    if (kernel.height() > height || kernel.width() > width) {
      return Shapes.misfit(
          type + " kernel",
          List.of(kernel.height(), kernel.width()),
          "at most " + List.of(height, width) + ", the image with its padding");
    }
    return Shapes.requireArray(type + " output", outputShape(channels, input));
  }

  /** As {@link #misfit}, where the padding must not fill a whole window. */
  Optional<Misfit> poolingMisfit(String type, List<Integer> input) {
    if (padding instanceof Padding.Fixed fixed
        && (fixed.extent().height() > kernel.height() / 2
            || fixed.extent().width() > kernel.width() / 2)) {
      return Shapes.misfit(
          type + " padding",
          padding.written(),
          "at most half the kernel, "
              + new Extent(kernel.height() / 2, kernel.width() / 2).written());
    }
    return misfit(type, Shapes.isImage(input) ? input.get(0) : 1, input);
  }
}
