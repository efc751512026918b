package dev.gengap.compute.reference;

import dev.gengap.compute.Operation;
import dev.gengap.compute.PoolingOperation;
import dev.gengap.compute.PoolingOperation.AveragePool;
import dev.gengap.compute.PoolingOperation.AveragePoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPool;
import dev.gengap.compute.PoolingOperation.MaxPoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPoolTangent;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
import java.util.Arrays;

/** Pooling: all pixels that a window sees, row by row. */
record ReferencePooling(ReferenceWorkspace workspace) {

  Operation prepare(PoolingOperation operation) {
    if (operation instanceof MaxPool pool) {
      return maximum(pool);
    }
    if (operation instanceof MaxPoolBackward pool) {
      return maximumBackward(pool);
    }
    if (operation instanceof MaxPoolTangent pool) {
      return maximumTangent(pool);
    }
    if (operation instanceof AveragePool pool) {
      return average(pool);
    }
    return averageBackward((AveragePoolBackward) operation);
  }

  private Operation maximum(MaxPool pool) {
    Layer layer = layer(pool.input(), pool.window(), pool.output());
    return () -> {
      double[] largest = new double[layer.output().size()];
      int[] first = layer.firstLargest();
      for (int y = 0; y < largest.length; y++) {
        largest[y] = layer.pixel(first[y]);
      }
      layer.output().tensor().accumulate(largest, 0);
    };
  }

  private Operation maximumBackward(MaxPoolBackward pool) {
    Layer layer = layer(pool.input(), pool.window(), pool.output());
    ReferenceTensor dy = workspace.own(pool.outputGradient());
    ReferenceWorkspace.Sink into = workspace.sink(pool.inputGradient());
    return () -> {
      double[] dx = new double[layer.input().size()];
      int[] first = layer.firstLargest();
      for (int y = 0; y < first.length; y++) {
        dx[first[y]] += dy.get(y);
      }
      into.accept(dx);
    };
  }

  private Operation maximumTangent(MaxPoolTangent pool) {
    Layer layer = layer(pool.input(), pool.window(), pool.outputTangent());
    ReferenceTensor dx = workspace.own(pool.inputTangent());
    return () -> {
      int[] first = layer.firstLargest();
      layer.output().tensor().accumulate(Arrays.stream(first).mapToDouble(dx::get).toArray(), 0);
    };
  }

  private Operation average(AveragePool pool) {
    Layer layer = layer(pool.input(), pool.window(), pool.output());
    int area = pool.window().kernelHeight() * pool.window().kernelWidth();
    return () -> {
      double[] mean = new double[layer.output().size()];
      layer.forEachPixel((x, y) -> mean[y] += layer.pixel(x) / area);
      layer.output().tensor().accumulate(mean, 0);
    };
  }

  private Operation averageBackward(AveragePoolBackward pool) {
    Layer layer = layer(pool.inputGradient().tensor(), pool.window(), pool.outputGradient());
    int area = pool.window().kernelHeight() * pool.window().kernelWidth();
    ReferenceWorkspace.Sink into = workspace.sink(pool.inputGradient());
    return () -> {
      double[] dx = new double[layer.input().size()];
      layer.forEachPixel((x, y) -> dx[x] += layer.output().tensor().get(y) / area);
      into.accept(dx);
    };
  }

  private Layer layer(Tensor input, Window window, Tensor output) {
    return new Layer(Images.of(workspace.own(input)), window, Images.of(workspace.own(output)));
  }

  /** Where in memory a pixel and the output that sees it lie. */
  private interface Sight {
    void of(int pixel, int output);
  }

  private record Layer(Images input, Window window, Images output) {
    double pixel(int index) {
      return input.tensor().get(index);
    }

    /** For each output where the largest pixel lies that it sees, the first of equals. */
    int[] firstLargest() {
      int[] first = new int[output.size()];
      Arrays.fill(first, -1);
      forEachPixel((x, y) -> first[y] = first[y] < 0 || pixel(x) > pixel(first[y]) ? x : first[y]);
      return first;
    }

    void forEachPixel(Sight sight) {
      for (int n = 0; n < output.batch(); n++) {
        for (int c = 0; c < output.channels(); c++) {
          for (int i = 0; i < output.height(); i++) {
            for (int j = 0; j < output.width(); j++) {
              forEachPixel(n, c, i, j, sight);
            }
          }
        }
      }
    }

    private void forEachPixel(int n, int c, int i, int j, Sight sight) {
      int top = i * window.strideHeight() - window.padding().top();
      int left = j * window.strideWidth() - window.padding().left();
      for (int a = 0; a < window.kernelHeight(); a++) {
        for (int b = 0; b < window.kernelWidth(); b++) {
          if (input.inside(top + a, left + b)) {
            sight.of(input.index(n, c, top + a, left + b), output.index(n, c, i, j));
          }
        }
      }
    }
  }
}
