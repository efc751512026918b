package dev.gengap.compute;

import java.util.List;

/**
 * Joining and splitting along the channels of (batch, channel) or (batch, channel, height, width).
 */
public sealed interface ChannelOperation extends TensorOperation {

  /** whole ← the parts, one after the other. */
  record JoinChannels(List<Tensor> parts, Tensor whole) implements ChannelOperation {
    public JoinChannels {
      parts = List.copyOf(parts);
      requireFit(parts, whole);
    }
  }

  /**
   * Each part ← its channels of {@code whole} + keep·part: the gradient of {@link JoinChannels}.
   */
  record SplitChannels(Tensor whole, List<Accumulator> parts) implements ChannelOperation {
    public SplitChannels {
      parts = List.copyOf(parts);
      requireFit(parts.stream().map(Accumulator::tensor).toList(), whole);
    }
  }

  private static void requireFit(List<Tensor> parts, Tensor whole) {
    Shapes.requireChannels("whole", whole);
    int channels = 0;
    for (Tensor part : parts) {
      Shapes.requireChannels("part", part);
      Shapes.requireEqual("part rows", part.rows(), whole.rows());
      Shapes.requireEqual("part height", size(part, 2), size(whole, 2));
      Shapes.requireEqual("part width", size(part, 3), size(whole, 3));
      channels += part.shape().get(1);
    }
    Shapes.requireEqual("channels of the parts", channels, whole.shape().get(1));
  }

  private static int size(Tensor tensor, int axis) {
    return tensor.shape().size() > axis ? tensor.shape().get(axis) : 1;
  }
}
