package dev.gengap.compute;

/**
 * What a convolution or pooling looks at: a kernel of (height, width) that moves by the stride over
 * an image with zeros (for a maximum: −∞) around it. Output (i, j) sees the rows from
 * i·strideHeight − top, and the columns from j·strideWidth − left.
 *
 * @param kernelHeight rows seen, &gt; 0
 * @param kernelWidth columns seen, &gt; 0
 * @param strideHeight rows moved, &gt; 0
 * @param strideWidth columns moved, &gt; 0
 * @param padding rows and columns around the image
 */
public record Window(
    int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, Padding padding) {

  /**
   * Rows above and below, columns left and right of an image, each ≥ 0. Above and below, and left
   * and right, differ by at most one, the larger below and right.
   */
  public record Padding(int top, int bottom, int left, int right) {
    public Padding {
      requireEven("padding above and below", top, bottom);
      requireEven("padding left and right", left, right);
    }

    private static void requireEven(String name, int before, int after) {
      if (before < 0 || after < before || after > before + 1) {
        throw new IllegalArgumentException(
            name + ": " + before + " and " + after + " (expected: n and n or n + 1, n >= 0)");
      }
    }

    /** The same on both sides. */
    public static Padding symmetric(int height, int width) {
      return new Padding(height, height, width, width);
    }

    /** Whether both sides are alike. */
    public boolean isSymmetric() {
      return top == bottom && left == right;
    }
  }

  public Window {
    requirePositive("kernelHeight", kernelHeight);
    requirePositive("kernelWidth", kernelWidth);
    requirePositive("strideHeight", strideHeight);
    requirePositive("strideWidth", strideWidth);
  }

  /** A square kernel with the same padding on all sides. */
  public static Window square(int kernel, int stride, int padding) {
    return new Window(kernel, kernel, stride, stride, Padding.symmetric(padding, padding));
  }

  /**
   * TensorFlow's {@code SAME}: ⌈size / stride⌉ outputs, what padding that takes split evenly, an
   * odd one below and right.
   *
   * @param height of the image
   * @param width of the image
   */
  public Window samePadding(int height, int width) {
    int vertical = sameTotal(height, kernelHeight, strideHeight);
    int horizontal = sameTotal(width, kernelWidth, strideWidth);
    return new Window(
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        new Padding(
            vertical / 2, vertical - vertical / 2, horizontal / 2, horizontal - horizontal / 2));
  }

  /** Rows of the output for an image of {@code height} rows; below 1 if the kernel does not fit. */
  public int outputHeight(int height) {
    return Math.floorDiv(height + padding.top() + padding.bottom() - kernelHeight, strideHeight)
        + 1;
  }

  /** Columns of the output for an image of {@code width} columns. */
  public int outputWidth(int width) {
    return Math.floorDiv(width + padding.left() + padding.right() - kernelWidth, strideWidth) + 1;
  }

  /** Whether it is one pixel, moved by one, with nothing around: a product of matrices. */
  public boolean isPointwise() {
    return kernelHeight == 1
        && kernelWidth == 1
        && strideHeight == 1
        && strideWidth == 1
        && padding.equals(Padding.symmetric(0, 0));
  }

  private static int sameTotal(int size, int kernel, int stride) {
    int outputs = (size + stride - 1) / stride;
    return Math.max((outputs - 1) * stride + kernel - size, 0);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
  }
}
