package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Window;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.api.Matrix;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ConvolutionMapProperties {
  private static final CounterRandom NUMBERS = CounterRandom.of(5, RandomStream.MEASURE_START);

  /** What a window may be. */
  private static Window window(int kernel, int stride, int padding) {
    Window window =
        new Window(
            kernel,
            kernel / 2 + 1,
            stride,
            stride / 2 + 1,
            new Window.Padding(padding, padding + kernel % 2, padding / 2, padding / 2));
    Assume.that(window.outputHeight(7) > 0 && window.outputWidth(6) > 0);
    return window;
  }

  @Property(tries = 200)
  void times_anyWindow_isTheConvolution(
      @ForAll @IntRange(min = 1, max = 5) int kernel,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(max = 2) int padding,
      @ForAll @IntRange(min = 1, max = 6) int out) {
    Window window = window(kernel, stride, padding);
    List<Integer> input = List.of(3, 7, 6);
    Matrix weight = weight(out, 3 * kernel * (kernel / 2 + 1));
    ConvolutionMap map = new ConvolutionMap(weight, window, input);
    double[] image = numbers(1, map.inputs());
    double[] expected = new Planes(input, image).convolved(weight, window).values();
    double[] found = map.times(image);
    assertThat(found).hasSize(map.outputs()).containsExactly(expected, within(1e-12));
  }

  @Property(tries = 200)
  void transposeTimes_anyWindow_isTheAdjoint(
      @ForAll @IntRange(min = 1, max = 5) int kernel,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(max = 2) int padding,
      @ForAll @IntRange(min = 1, max = 6) int out) {
    Window window = window(kernel, stride, padding);
    Matrix weight = weight(out, 3 * kernel * (kernel / 2 + 1));
    ConvolutionMap map = new ConvolutionMap(weight, window, List.of(3, 7, 6));
    double[] v = numbers(1, map.inputs());
    double[] u = numbers(2, map.outputs());
    assertThat(Vectors.dot(map.times(v), 0, u))
        .isCloseTo(Vectors.dot(map.transposeTimes(u), 0, v), within(1e-9));
  }

  private static Matrix weight(int rows, int columns) {
    return new Matrix(rows, columns, numbers(3, rows * columns));
  }

  private static double[] numbers(int id, int size) {
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = NUMBERS.gaussian(id, i);
    }
    return numbers;
  }
}
