package dev.gengap.compute.reference;

import dev.gengap.compute.NormalisationOperation.Response;
import dev.gengap.compute.Operation;
import dev.gengap.compute.reference.ReferenceWorkspace.Sink;

/**
 * Local response norm: y = x·d^−β, d = k + α/n·Σ x² over the channels around, from n/2 before to (n
 * − 1)/2 after.
 */
record ReferenceResponseNorm(Images input, Response response) {

  Operation forward(ReferenceTensor output) {
    return () -> {
      double[] values = new double[input.size()];
      forEachPlace(
          (n, c, p) ->
              values[input.index(n, c, p)] =
                  input.at(n, c, p) * Math.pow(denominator(n, c, p), -response.beta()));
      output.accumulate(values, 0);
    };
  }

  /** ∂x_i = dy_i·d_i^−β − 2αβ/n·x_i·Σ dy_j·x_j·d_j^(−β−1) over the j that have i around them. */
  Operation backward(ReferenceTensor outputGradient, Sink into) {
    return () -> {
      double[] gradient = new double[input.size()];
      forEachPlace(
          (n, j, p) -> {
            double dy = outputGradient.get(input.index(n, j, p));
            double d = denominator(n, j, p);
            gradient[input.index(n, j, p)] += dy * Math.pow(d, -response.beta());
            double common =
                -2
                    * response.alpha()
                    * response.beta()
                    / response.size()
                    * dy
                    * input.at(n, j, p)
                    * Math.pow(d, -response.beta() - 1);
            for (int i = first(j); i <= last(j); i++) {
              gradient[input.index(n, i, p)] += common * input.at(n, i, p);
            }
          });
      into.accept(gradient);
    };
  }

  private double denominator(int n, int c, int p) {
    double squares = 0;
    for (int i = first(c); i <= last(c); i++) {
      squares += input.at(n, i, p) * input.at(n, i, p);
    }
    return response.k() + response.alpha() / response.size() * squares;
  }

  private int first(int channel) {
    return Math.max(channel - response.size() / 2, 0);
  }

  private int last(int channel) {
    return Math.min(channel + (response.size() - 1) / 2, input.channels() - 1);
  }

  private interface Place {
    void of(int image, int channel, int pixel);
  }

  private void forEachPlace(Place place) {
    for (int n = 0; n < input.batch(); n++) {
      for (int c = 0; c < input.channels(); c++) {
        for (int p = 0; p < input.pixels(); p++) {
          place.of(n, c, p);
        }
      }
    }
  }
}
