package dev.gengap.compute.nd4j;

import java.util.List;

/**
 * How (batch, channel) or (batch, channel, height, width) lies in memory, for kernels that treat
 * each channel apart. They take channels in groups whose numbers of one example lie side by side:
 * enough of them for vector instructions, few enough that a group of all examples stays in cache.
 *
 * @param area numbers of a channel in one example
 */
record Planes(int batch, int channels, int area) {
  private static final int LANES = 512;

  static Planes of(Nd4jTensor tensor) {
    List<Integer> shape = tensor.shape();
    return new Planes(shape.get(0), shape.get(1), tensor.size() / shape.get(0) / shape.get(1));
  }

  int size() {
    return batch * channels * area;
  }

  /** Numbers of each channel in all examples. */
  int perChannel() {
    return batch * area;
  }

  int groups() {
    return (channels + groupSize() - 1) / groupSize();
  }

  /** Most numbers of a group in one example. */
  int groupLanes() {
    return groupSize() * area;
  }

  Group group(int index) {
    int from = index * groupSize();
    return new Group(from, Math.min(channels, from + groupSize()));
  }

  /** Where the group begins in the example {@code n}. */
  int at(int n, int firstChannel) {
    return (n * channels + firstChannel) * area;
  }

  private int groupSize() {
    return Math.max(1, Math.min(channels, LANES / area));
  }

  /** Channels from (inclusive) … to (exclusive). */
  record Group(int from, int to) {}
}
