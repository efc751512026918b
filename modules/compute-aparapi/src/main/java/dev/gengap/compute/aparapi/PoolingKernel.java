package dev.gengap.compute.aparapi;

/** Pooling of images, its integers as in {@link ImageKernel}. */
abstract class PoolingKernel extends ImageKernel {

  void pool(int opcode) {
    if (opcode == Opcode.MAX_POOL) {
      maxPool(integer(1), integer(2));
    }
    if (opcode == Opcode.MAX_POOL_BACKWARD) {
      maxPoolBackward(integer(1), integer(15), integer(2), number(0));
    }
    if (opcode == Opcode.AVERAGE_POOL) {
      averagePool(integer(1), integer(2));
    }
    if (opcode == Opcode.AVERAGE_POOL_BACKWARD) {
      averagePoolBackward(integer(1), integer(2), number(0));
    }
    if (opcode == Opcode.MAX_POOL_TANGENT) {
      maxPoolTangent(integer(1), integer(15), integer(2));
    }
  }

  /** Where the first largest element is, row-major, between rows and columns of a plane. */
  private int largest(int plane, int width, int top, int bottom, int left, int right) {
    float[] data = arena;
    int best = plane + top * width + left;
    float most = data[best];
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        float value = data[plane + row * width + column];
        if (value > most) {
          most = value;
          best = plane + row * width + column;
        }
      }
    }
    return best;
  }

  private void maxPool(int input, int output) {
    float[] data = arena;
    int height = integer(5);
    int width = integer(6);
    int kernelHeight = integer(7);
    int kernelWidth = integer(8);
    int strideHeight = integer(9);
    int strideWidth = integer(10);
    int padTop = integer(11);
    int padLeft = integer(12);
    int outWidth = integer(14);
    int outPixels = integer(13) * outWidth;
    int piece = piece(outPixels);
    int planePieces = outPixels / piece;
    int pieces = integer(3) * integer(4) * planePieces;
    int end = last(pieces);
    int step = stride();
    for (int p = first(pieces); p < end; p += step) {
      int plane = p / planePieces;
      int from = input + plane * height * width;
      int start = (p - plane * planePieces) * piece;
      int to = output + p * piece - start;
      for (int outRow = start / outWidth; outRow * outWidth < start + piece; outRow++) {
        int top = outRow * strideHeight - padTop;
        int bottom = min(height, top + kernelHeight);
        int until = min(start + piece, outRow * outWidth + outWidth);
        for (int pixel = max(start, outRow * outWidth); pixel < until; pixel++) {
          int left = (pixel - outRow * outWidth) * strideWidth - padLeft;
          int right = min(width, left + kernelWidth);
          int best = largest(from, width, max(0, top), bottom, max(0, left), right);
          data[to + pixel] = data[best];
        }
      }
    }
  }

  private void maxPoolBackward(int outputGradient, int input, int into, float keep) {
    float[] data = arena;
    int height = integer(5);
    int width = integer(6);
    int kernelHeight = integer(7);
    int kernelWidth = integer(8);
    int strideHeight = integer(9);
    int strideWidth = integer(10);
    int padTop = integer(11);
    int padLeft = integer(12);
    int outHeight = integer(13);
    int outWidth = integer(14);
    int planes = integer(3) * integer(4);
    int end = last(planes);
    int step = stride();
    for (int plane = first(planes); plane < end; plane += step) {
      int from = input + plane * height * width;
      int shift = into - input;
      scalePlane(from + shift, height * width, keep);
      for (int outRow = 0; outRow < outHeight; outRow++) {
        int top = outRow * strideHeight - padTop;
        int bottom = min(height, top + kernelHeight);
        for (int outColumn = 0; outColumn < outWidth; outColumn++) {
          int left = outColumn * strideWidth - padLeft;
          int right = min(width, left + kernelWidth);
          int best = largest(from, width, max(0, top), bottom, max(0, left), right);
          int gradient = outputGradient + (plane * outHeight + outRow) * outWidth + outColumn;
          data[best + shift] += data[gradient];
        }
      }
    }
  }

  private void maxPoolTangent(int input, int inputTangent, int outputTangent) {
    float[] data = arena;
    int height = integer(5);
    int width = integer(6);
    int kernelHeight = integer(7);
    int kernelWidth = integer(8);
    int outWidth = integer(14);
    int outPixels = integer(13) * outWidth;
    int shift = inputTangent - input;
    int n = integer(3) * integer(4) * outPixels;
    int end = last(n);
    int step = stride();
    for (int i = first(n); i < end; i += step) {
      int plane = i / outPixels;
      int pixel = i - plane * outPixels;
      int top = pixel / outWidth * integer(9) - integer(11);
      int left = pixel % outWidth * integer(10) - integer(12);
      int bottom = min(height, top + kernelHeight);
      int right = min(width, left + kernelWidth);
      int from = input + plane * height * width;
      int best = largest(from, width, max(0, top), bottom, max(0, left), right);
      data[outputTangent + i] = data[best + shift];
    }
  }

  private void averagePool(int input, int output) {
    float[] data = arena;
    int height = integer(5);
    int width = integer(6);
    int kernelHeight = integer(7);
    int kernelWidth = integer(8);
    int outWidth = integer(14);
    int outPixels = integer(13) * outWidth;
    int n = integer(3) * integer(4) * outPixels;
    int end = last(n);
    int step = stride();
    for (int i = first(n); i < end; i += step) {
      int plane = i / outPixels;
      int pixel = i - plane * outPixels;
      int top = pixel / outWidth * integer(9) - integer(11);
      int left = pixel % outWidth * integer(10) - integer(12);
      int bottom = min(height, top + kernelHeight);
      int right = min(width, left + kernelWidth);
      int from = input + plane * height * width;
      float sum = 0;
      for (int row = max(0, top); row < bottom; row++) {
        for (int column = max(0, left); column < right; column++) {
          sum += data[from + row * width + column];
        }
      }
      data[output + i] = sum / (kernelHeight * kernelWidth);
    }
  }

  private void averagePoolBackward(int outputGradient, int into, float keep) {
    float[] data = arena;
    int height = integer(5);
    int width = integer(6);
    int kernelHeight = integer(7);
    int kernelWidth = integer(8);
    int outHeight = integer(13);
    int outWidth = integer(14);
    int planes = integer(3) * integer(4);
    int end = last(planes);
    int step = stride();
    for (int plane = first(planes); plane < end; plane += step) {
      int to = into + plane * height * width;
      scalePlane(to, height * width, keep);
      for (int i = 0; i < outHeight * outWidth; i++) {
        float whole = data[outputGradient + plane * outHeight * outWidth + i];
        float part = whole / (kernelHeight * kernelWidth);
        int top = i / outWidth * integer(9) - integer(11);
        int left = i % outWidth * integer(10) - integer(12);
        int bottom = min(height, top + kernelHeight);
        int right = min(width, left + kernelWidth);
        for (int row = max(0, top); row < bottom; row++) {
          for (int column = max(0, left); column < right; column++) {
            data[to + row * width + column] += part;
          }
        }
      }
    }
  }
}
