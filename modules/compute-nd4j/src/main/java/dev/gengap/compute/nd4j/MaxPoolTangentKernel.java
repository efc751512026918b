package dev.gengap.compute.nd4j;

import dev.gengap.compute.Window;
import java.util.List;

/** How the largest of each window moves with the input, a channel of an example at a time. */
record MaxPoolTangentKernel(
    Nd4jTensor input, Window window, Nd4jTensor inputTangent, Nd4jTensor outputTangent)
    implements HostKernel {

  @Override
  public int items() {
    return input.shape().get(0) * input.shape().get(1);
  }

  @Override
  public long work() {
    return (long) outputTangent.size() * window.kernelHeight() * window.kernelWidth();
  }

  /** The input and its tangent. */
  @Override
  public ScratchSize scratch() {
    return new ScratchSize(2, inputArea());
  }

  @Override
  public void run(int item, Scratch scratch) {
    List<Integer> out = outputTangent.shape();
    int area = inputArea();
    Row values = scratch.row(0);
    Row tangents = scratch.row(1);
    values.load(input, item * area, area);
    tangents.load(inputTangent, item * area, area);
    int to = item * out.get(2) * out.get(3);
    for (int row = 0; row < out.get(2); row++) {
      for (int column = 0; column < out.get(3); column++) {
        outputTangent.set(to++, tangents.get(firstLargest(values, row, column)));
      }
    }
  }

  private int inputArea() {
    return input.shape().get(2) * input.shape().get(3);
  }

  /** Where the first largest number lies that the output at ({@code row}, {@code column}) sees. */
  private int firstLargest(Row values, int row, int column) {
    int height = input.shape().get(2);
    int width = input.shape().get(3);
    int top = row * window.strideHeight() - window.padding().top();
    int left = column * window.strideWidth() - window.padding().left();
    int bottom = Math.min(height, top + window.kernelHeight());
    int right = Math.min(width, left + window.kernelWidth());
    int best = Math.max(0, top) * width + Math.max(0, left);
    for (int y = Math.max(0, top); y < bottom; y++) {
      for (int x = Math.max(0, left); x < right; x++) {
        int at = y * width + x;
        best = values.get(at) > values.get(best) ? at : best;
      }
    }
    return best;
  }
}
