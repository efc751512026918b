package dev.gengap.compute.reference;

import dev.gengap.compute.ConvolutionOperation;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Window;
import java.util.Optional;

/** Convolutions: every product of a weight with a pixel that it meets, one after the other. */
record ReferenceConvolutions(ReferenceWorkspace workspace) {

  Operation prepare(ConvolutionOperation operation) {
    return operation instanceof Convolve convolve
        ? forward(convolve)
        : backward((ConvolveBackward) operation);
  }

  private Operation forward(Convolve convolve) {
    Layer layer =
        new Layer(
            Images.of(workspace.own(convolve.input())),
            Images.of(workspace.own(convolve.weight())),
            convolve.window(),
            Images.of(workspace.own(convolve.output())));
    Optional<ReferenceTensor> bias = convolve.bias().map(workspace::own);
    return () -> {
      double[] sums = new double[layer.output().size()];
      layer.forEachProduct((x, w, y) -> sums[y] += layer.pixel(x) * layer.weight(w));
      int pixels = layer.output().pixels();
      int channels = layer.output().channels();
      for (int i = 0; i < sums.length; i++) {
        int channel = i / pixels % channels;
        sums[i] += bias.isPresent() ? bias.get().get(channel) : 0;
      }
      layer.output().tensor().accumulate(sums, 0);
    };
  }

  private Operation backward(ConvolveBackward backward) {
    Layer layer =
        new Layer(
            Images.of(workspace.own(backward.input())),
            Images.of(workspace.own(backward.weight())),
            backward.window(),
            Images.of(workspace.own(backward.outputGradient())));
    ReferenceWorkspace.Sink weight = workspace.sink(backward.gradients().weight());
    Optional<ReferenceWorkspace.Sink> bias = backward.gradients().bias().map(workspace::sink);
    Optional<ReferenceWorkspace.Sink> input = backward.gradients().input().map(workspace::sink);
    return () -> {
      ReferenceTensor dy = layer.output().tensor();
      double[] dx = new double[layer.input().size()];
      double[] dw = new double[layer.kernel().size()];
      layer.forEachProduct(
          (x, w, y) -> {
            dx[x] += dy.get(y) * layer.weight(w);
            dw[w] += dy.get(y) * layer.pixel(x);
          });
      weight.accept(dw);
      bias.ifPresent(b -> b.accept(channelSums(layer.output())));
      input.ifPresent(i -> i.accept(dx));
    };
  }

  private static double[] channelSums(Images images) {
    double[] sums = new double[images.channels()];
    for (int i = 0; i < images.size(); i++) {
      sums[i / images.pixels() % images.channels()] += images.tensor().get(i);
    }
    return sums;
  }

  /** Where in memory a pixel, a weight and the output that gets their product lie. */
  private interface Product {
    void of(int pixel, int weight, int output);
  }

  private record Layer(Images input, Images kernel, Window window, Images output) {
    double pixel(int index) {
      return input.tensor().get(index);
    }

    double weight(int index) {
      return kernel.tensor().get(index);
    }

    void forEachProduct(Product product) {
      for (int n = 0; n < output.batch(); n++) {
        for (int o = 0; o < output.channels(); o++) {
          for (int i = 0; i < output.height(); i++) {
            for (int j = 0; j < output.width(); j++) {
              forEachProduct(n, o, new Position(i, j), product);
            }
          }
        }
      }
    }

    private void forEachProduct(int n, int o, Position at, Product product) {
      int top = at.i() * window.strideHeight() - window.padding().top();
      int left = at.j() * window.strideWidth() - window.padding().left();
      for (int c = 0; c < input.channels(); c++) {
        for (int a = 0; a < kernel.height(); a++) {
          for (int b = 0; b < kernel.width(); b++) {
            if (input.inside(top + a, left + b)) {
              product.of(
                  input.index(n, c, top + a, left + b),
                  kernel.index(o, c, a, b),
                  output.index(n, o, at.i(), at.j()));
            }
          }
        }
      }
    }
  }

  private record Position(int i, int j) {}
}
