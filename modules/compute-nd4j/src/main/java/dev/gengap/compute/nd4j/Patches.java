package dev.gengap.compute.nd4j;

import dev.gengap.compute.Window;

/**
 * The patches of an example, (patch, place): the image itself where the window sees one number, or
 * a copy in memory of its own. Confined to one thread.
 */
final class Patches {
  private final ConvolutionShape shape;
  private final Nd4jTensor input;
  private final Nd4jTensor matrix;

  Patches(Nd4jWorkspace workspace, ConvolutionShape shape, Nd4jTensor input) {
    this.shape = shape;
    this.input = input;
    this.matrix =
        shape.window().isPointwise() ? input : workspace.allocate(shape.patch() * shape.places());
  }

  /** What holds the matrix. */
  Nd4jTensor tensor() {
    return matrix;
  }

  static HostKernel.ScratchSize scratch(ConvolutionShape shape) {
    return new HostKernel.ScratchSize(2, Math.max(shape.area(), shape.places()));
  }

  /** Makes the matrix of {@code example}, and says at which element it begins. */
  int prepare(int example, Scratch scratch) {
    if (matrix == input) {
      return example * shape.imageSize();
    }
    Row image = scratch.row(0);
    int at = 0;
    for (int c = 0; c < shape.channels(); c++) {
      image.load(input, example * shape.imageSize() + c * shape.area(), shape.area());
      at = channel(image, scratch.row(1), at);
    }
    return 0;
  }

  private int channel(Row image, Row line, int first) {
    Window window = shape.window();
    int at = first;
    for (int row = 0; row < window.kernelHeight(); row++) {
      for (int column = 0; column < window.kernelWidth(); column++) {
        place(image, line, row - window.padding().top(), column - window.padding().left());
        line.store(matrix, at, shape.places());
        at += shape.places();
      }
    }
    return at;
  }

  /** line ← for each place, the number at (top, left) from where the window would begin. */
  private void place(Row image, Row line, int top, int left) {
    Window window = shape.window();
    int stride = window.strideWidth();
    int columns = window.outputWidth(shape.width());
    int first = firstInside(left);
    int end = endInside(left);
    for (int i = 0; i < window.outputHeight(shape.height()); i++) {
      int y = i * window.strideHeight() + top;
      int at = i * columns;
      if (y < 0 || y >= shape.height()) {
        line.fill(at, at + columns, 0);
      } else {
        line.fill(at, at + first, 0);
        line.pick(
            at + first, end - first, image, y * shape.width() + left + first * stride, stride);
        line.fill(at + end, at + columns, 0);
      }
    }
  }

  /**
   * The transpose of {@link #prepare}: each number of the image of {@code channel} becomes the sum
   * of the numbers in the matrix that would be copies of it.
   */
  void collect(int channel, Row image, Row line) {
    Window window = shape.window();
    image.fill(0, shape.area(), 0);
    int at = channel * window.kernelHeight() * window.kernelWidth() * shape.places();
    for (int row = 0; row < window.kernelHeight(); row++) {
      for (int column = 0; column < window.kernelWidth(); column++) {
        line.load(matrix, at, shape.places());
        addBack(image, line, row - window.padding().top(), column - window.padding().left());
        at += shape.places();
      }
    }
  }

  /** Adds the line's numbers to those of the image that {@link #place} would take them from. */
  private void addBack(Row image, Row line, int top, int left) {
    Window window = shape.window();
    int stride = window.strideWidth();
    int columns = window.outputWidth(shape.width());
    int first = firstInside(left);
    int n = endInside(left) - first;
    for (int i = 0; i < window.outputHeight(shape.height()); i++) {
      int y = i * window.strideHeight() + top;
      if (y >= 0 && y < shape.height()) {
        int to = y * shape.width() + left + first * stride;
        image.addSpread(to, stride, line, i * columns + first, n);
      }
    }
  }

  /** The first place of a line whose number, {@code left} of where its window begins, is inside. */
  private int firstInside(int left) {
    int columns = shape.window().outputWidth(shape.width());
    return Math.min(columns, Math.max(0, -Math.floorDiv(left, shape.window().strideWidth())));
  }

  /** The place after the last one of which that is so. */
  private int endInside(int left) {
    int columns = shape.window().outputWidth(shape.width());
    int end = Math.floorDiv(shape.width() - 1 - left, shape.window().strideWidth()) + 1;
    return Math.max(firstInside(left), Math.min(columns, end));
  }
}
