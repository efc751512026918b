package dev.gengap.compute.aparapi;

/**
 * What convolutions do besides multiplying matrices, over images (batch, channel, height, width).
 * Integers: 3 batch, 4 channels, 5 height, 6 width, 7 kernel height, 8 kernel width, 9 stride
 * height, 10 stride width, 11 top, 12 left, 13 output height, 14 output width.
 */
abstract class ImageKernel extends UpdateKernel {
  /** Elements that are copied at once: a row of an image has few. */
  private static final int PART = 8;

  void image(int opcode) {
    if (opcode == Opcode.UNFOLD) {
      unfold(integer(1), integer(2));
    }
    if (opcode == Opcode.FOLD) {
      fold(integer(1), integer(2), number(0));
    }
    if (opcode == Opcode.CHANNELS_FIRST) {
      channelsFirst(integer(1), integer(2));
    }
  }

  /** (batch, channel, height, width) to (channel·kernel, batch·output): what each output sees. */
  private void unfold(int input, int columns) {
    int images = integer(3);
    int channels = integer(4);
    int height = integer(5);
    int width = integer(6);
    int kernelWidth = integer(8);
    int taps = integer(7) * kernelWidth;
    int strideHeight = integer(9);
    int strideWidth = integer(10);
    int top = integer(11);
    int left = integer(12);
    int outWidth = integer(14);
    int outPixels = integer(13) * outWidth;
    int piece = piece(outPixels);
    int planePieces = outPixels / piece;
    int pieces = channels * taps * images * planePieces;
    int end = last(pieces);
    int step = stride();
    for (int p = first(pieces); p < end; p += step) {
      int plane = p / planePieces;
      int begin = (p - plane * planePieces) * piece;
      int until = begin + piece;
      int depth = plane / images;
      int channel = depth / taps;
      int tap = depth - channel * taps;
      int kernelRow = tap / kernelWidth;
      int shift = tap - kernelRow * kernelWidth - left;
      int from = input + ((plane - depth * images) * channels + channel) * height * width;
      int to = columns + p * piece - begin;
      for (int outRow = begin / outWidth; outRow * outWidth < until; outRow++) {
        int pixel = max(begin, outRow * outWidth);
        int n = min(until, outRow * outWidth + outWidth) - pixel;
        int row = outRow * strideHeight + kernelRow - top;
        int column = (pixel - outRow * outWidth) * strideWidth + shift;
        int seen = row >= 0 && row < height ? width : 0;
        copyWithin(from + row * width, seen, column, strideWidth, to + pixel, n);
      }
    }
  }

  /** n elements of a row of {@code width} from {@code column} on, zeros outside it. */
  private void copyWithin(int row, int width, int column, int step, int to, int n) {
    float[] data = arena;
    if (step == 1) {
      int begin = min(n, max(0, -column));
      int stop = max(begin, min(n, width - column));
      for (int i = 0; i < begin; i++) {
        data[to + i] = 0;
      }
      copy(row + column + begin, to + begin, stop - begin);
      for (int i = stop; i < n; i++) {
        data[to + i] = 0;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int x = column + i * step;
        float value = 0;
        if (x >= 0 && x < width) {
          value = data[row + x];
        }
        data[to + i] = value;
      }
    }
  }

  /** Through private memory, so that a compiler sees that source and target are apart. */
  private void copy(int from, int to, int n) {
    float[] data = arena;
    float[] part = new float[PART];
    int whole = n - n % PART;
    for (int i = 0; i < whole; i += PART) {
      for (int j = 0; j < PART; j++) {
        part[j] = data[from + i + j];
      }
      for (int j = 0; j < PART; j++) {
        data[to + i + j] = part[j];
      }
    }
    for (int i = whole; i < n; i++) {
      data[to + i] = data[from + i];
    }
  }

  /** The transpose of {@link #unfold}: sums over all that an input element was copied to. */
  private void fold(int columns, int into, float keep) {
    int pixels = integer(5) * integer(6);
    int images = integer(3);
    int channels = integer(4);
    int piece = piece(pixels);
    int planePieces = pixels / piece;
    int pieces = images * channels * planePieces;
    int line = images * integer(13) * integer(14);
    int taps = integer(7) * integer(8);
    int end = last(pieces);
    int step = stride();
    for (int p = first(pieces); p < end; p += step) {
      int plane = p / planePieces;
      int channel = plane % channels;
      int from = columns + channel * taps * line + plane / channels * integer(13) * integer(14);
      if (piece == 1) {
        store(into + p, foldedPixel(from, line, p - plane * planePieces), keep);
      } else {
        scalePlane(into + p * piece, pixels, keep);
        foldPlane(from, line, into + p * piece);
      }
    }
  }

  private float foldedPixel(int columns, int line, int pixel) {
    int kernelHeight = integer(7);
    int kernelWidth = integer(8);
    int strideHeight = integer(9);
    int strideWidth = integer(10);
    int outHeight = integer(13);
    int outWidth = integer(14);
    int row = pixel / integer(6) + integer(11);
    int column = pixel % integer(6) + integer(12);
    float sum = 0;
    for (int y = 0; y < kernelHeight; y++) {
      int outRow = (row - y) / strideHeight;
      if (row - y == outRow * strideHeight && outRow >= 0 && outRow < outHeight) {
        for (int x = 0; x < kernelWidth; x++) {
          int outColumn = (column - x) / strideWidth;
          if (column - x == outColumn * strideWidth && outColumn >= 0 && outColumn < outWidth) {
            sum += arena[columns + (y * kernelWidth + x) * line + outRow * outWidth + outColumn];
          }
        }
      }
    }
    return sum;
  }

  private void foldPlane(int columns, int line, int into) {
    int height = integer(5);
    int width = integer(6);
    int kernelWidth = integer(8);
    int taps = integer(7) * kernelWidth;
    int strideHeight = integer(9);
    int strideWidth = integer(10);
    int outHeight = integer(13);
    int outWidth = integer(14);
    for (int tap = 0; tap < taps; tap++) {
      int kernelRow = tap / kernelWidth;
      int shift = tap - kernelRow * kernelWidth - integer(12);
      int from = columns + tap * line;
      int row = kernelRow - integer(11);
      for (int outRow = 0; outRow < outHeight; outRow++) {
        if (row >= 0 && row < height) {
          addWithin(from + outRow * outWidth, outWidth, into + row * width, shift, strideWidth);
        }
        row += strideHeight;
      }
    }
  }

  /** Adds n elements to every so manieth element of a row of the input, from a column on. */
  private void addWithin(int from, int n, int row, int column, int step) {
    float[] data = arena;
    int width = integer(6);
    if (step == 1) {
      int begin = min(n, max(0, -column));
      int stop = max(begin, min(n, width - column));
      add(from + begin, row + column + begin, stop - begin);
    } else {
      for (int i = 0; i < n; i++) {
        int x = column + i * step;
        if (x >= 0 && x < width) {
          data[row + x] += data[from + i];
        }
      }
    }
  }

  private void add(int from, int to, int n) {
    float[] data = arena;
    float[] part = new float[PART];
    int whole = n - n % PART;
    for (int i = 0; i < whole; i += PART) {
      for (int j = 0; j < PART; j++) {
        part[j] = data[from + i + j] + data[to + i + j];
      }
      for (int j = 0; j < PART; j++) {
        data[to + i + j] = part[j];
      }
    }
    for (int i = whole; i < n; i++) {
      data[to + i] += data[from + i];
    }
  }

  /** (batch, channel, pixel) to (channel, batch, pixel); integer 5 is the number of pixels. */
  private void channelsFirst(int source, int into) {
    int images = integer(3);
    int channels = integer(4);
    int pixels = integer(5);
    int piece = piece(pixels);
    int planePieces = pixels / piece;
    int pieces = images * channels * planePieces;
    int end = last(pieces);
    int step = stride();
    for (int p = first(pieces); p < end; p += step) {
      int plane = p / planePieces;
      int channel = plane / images;
      int image = plane - channel * images;
      int start = (p - plane * planePieces) * piece;
      copy(source + (image * channels + channel) * pixels + start, into + p * piece, piece);
    }
  }

  void scalePlane(int at, int n, float keep) {
    float[] data = arena;
    if (keep == 0) {
      for (int i = 0; i < n; i++) {
        data[at + i] = 0;
      }
    } else {
      for (int i = 0; i < n; i++) {
        data[at + i] *= keep;
      }
    }
  }
}
