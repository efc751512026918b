package dev.gengap.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.Window;
import dev.gengap.network.layer.ParameterSpec.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerSpecTest {
  private static final Extent ONE = Extent.square(1);
  private static final List<Integer> IMAGE = List.of(3, 8, 6);

  @Test
  void conv2d_withPairs_hasShapeParametersAndCost() {
    Conv2d conv = new Conv2d(5, new Extent(3, 1), new Extent(2, 1), fixed(new Extent(1, 0)), true);
    assertThat(conv.misfit(IMAGE)).isEmpty();
    assertThat(conv.outputShape(IMAGE)).containsExactly(5, 4, 6);
    assertThat(conv.window(IMAGE))
        .isEqualTo(new Window(3, 1, 2, 1, Window.Padding.symmetric(1, 0)));
    assertThat(conv.parameters("2.0.1", IMAGE))
        .containsExactly(
            new ParameterSpec("2.0.1.weight", List.of(5, 3, 3, 1), 9, 15, Role.WEIGHT),
            new ParameterSpec("2.0.1.bias", List.of(5), 9, 15, Role.BIAS));
    assertThat(conv.multiplyAdds(IMAGE)).isEqualTo(5 * 4 * 6 * 3 * 3);
  }

  @Test
  void conv2d_samePadding_isTensorFlows() {
    Conv2d conv = new Conv2d(1, Extent.square(3), Extent.square(2), new Padding.Same(), false);
    assertThat(conv.outputShape(List.of(1, 6, 7))).containsExactly(1, 3, 4);
    assertThat(conv.window(List.of(1, 6, 7)).padding()).isEqualTo(new Window.Padding(0, 1, 1, 1));
  }

  @Test
  void conv2d_kernelBeyondTheImage_saysWhatFits() {
    Conv2d conv = new Conv2d(1, new Extent(5, 9), ONE, fixed(ONE), true);
    assertThat(message(conv, IMAGE))
        .isEqualTo("conv2d kernel: [5, 9] (expected: at most [10, 8], the image with its padding)");
  }

  @Test
  void conv2d_onAVector_needsAnImage() {
    assertThat(message(new Conv2d(1, ONE, ONE, Padding.NONE, true), List.of(12)))
        .isEqualTo("conv2d input: [12] (expected: an image, (channel, height, width))");
  }

  @Test
  void conv2d_outputOrWeightBeyondAnArray_isRefused() {
    Conv2d wide = new Conv2d(2_000_000_000, ONE, ONE, Padding.NONE, true);
    assertThat(message(wide, List.of(1, 2, 2))).startsWith("conv2d output: [2000000000, 2, 2]");
    assertThat(message(wide, List.of(2, 1, 1))).startsWith("conv2d weight: [2000000000, 2, 1, 1]");
  }

  @Test
  void pooling_paddingAboveHalfTheKernel_isRefused() {
    assertThat(message(new MaxPool2d(Extent.square(3), ONE, fixed(Extent.square(2))), IMAGE))
        .isEqualTo("max_pool2d padding: 2 (expected: at most half the kernel, 1)");
    assertThat(message(new AvgPool2d(new Extent(4, 1), ONE, fixed(new Extent(2, 1))), IMAGE))
        .isEqualTo("avg_pool2d padding: [2, 1] (expected: at most half the kernel, [2, 0])");
  }

  @Test
  void pooling_withStrideAndPadding_keepsChannels() {
    MaxPool2d pool = new MaxPool2d(Extent.square(3), Extent.square(2), fixed(ONE));
    assertThat(pool.outputShape(List.of(80, 28, 28))).containsExactly(80, 14, 14);
    assertThat(pool.parameters("1", IMAGE)).isEmpty();
  }

  @Test
  void batchNorm_ofImagesAndVectors_hasFourTensorsPerChannel() {
    BatchNorm norm = new BatchNorm(1e-5, 0.1);
    assertThat(norm.parameters("1", IMAGE))
        .containsExactly(
            new ParameterSpec("1.weight", List.of(3), 1, 1, Role.SCALE),
            new ParameterSpec("1.bias", List.of(3), 1, 1, Role.SHIFT),
            new ParameterSpec("1.running_mean", List.of(3), 1, 1, Role.RUNNING_MEAN),
            new ParameterSpec("1.running_var", List.of(3), 1, 1, Role.RUNNING_VARIANCE));
    assertThat(norm.parameters("1", List.of(7)).get(0).shape()).containsExactly(7);
    assertThat(message(norm, List.of(2, 2)))
        .isEqualTo(
            "batch_norm input: [2, 2] (expected: an image, (channel, height, width), or a vector)");
  }

  @Test
  void layerNorm_hasScaleAndShiftOfAnExample() {
    assertThat(new LayerNorm(1e-5).parameters("0", IMAGE))
        .extracting(ParameterSpec::shape)
        .containsExactly(IMAGE, IMAGE);
  }

  @Test
  void concat_ofImages_joinsChannels() {
    Concat concat = new Concat(List.of(List.of(conv(4)), List.of(), List.of(conv(2), new Relu())));
    assertThat(concat.outputShape(IMAGE)).containsExactly(9, 8, 6);
    assertThat(concat.parameters("4", IMAGE))
        .extracting(ParameterSpec::name)
        .containsExactly("4.0.0.weight", "4.2.0.weight");
    assertThat(concat.multiplyAdds(IMAGE)).isEqualTo(48 * 3 * (4 + 2));
    assertThat(new Concat(List.of(List.of(), List.of())).outputShape(List.of(5)))
        .containsExactly(10);
  }

  @Test
  void concat_ofDifferentSizes_isRefused() {
    MaxPool2d pool = new MaxPool2d(Extent.square(2), Extent.square(2), Padding.NONE);
    assertThat(message(new Concat(List.of(List.of(pool), List.of())), IMAGE))
        .isEqualTo(
            "concat outputs: [[3, 4, 3], [3, 8, 6]] (expected: images of one height and width,"
                + " or vectors)");
  }

  @Test
  void add_ofDifferentShapes_isRefused() {
    Add add = new Add(List.of(List.of(conv(4)), List.of()));
    assertThat(message(add, IMAGE))
        .isEqualTo("add outputs: [[4, 8, 6], [3, 8, 6]] (expected: one shape)");
    assertThat(new Add(List.of(List.of(conv(3)), List.of())).outputShape(IMAGE)).isEqualTo(IMAGE);
  }

  @Test
  void misfit_withinPaths_namesTheLayerAtFault() {
    Concat inner = new Concat(List.of(List.of(), List.of(new Relu(), new Linear(2, true))));
    Misfit misfit = new Add(List.of(List.of(inner))).misfit(IMAGE).orElseThrow();
    assertThat(misfit.path()).isEqualTo(".paths[0][0].paths[1][1]");
    assertThat(misfit.problem().name()).isEqualTo("linear input");
  }

  @Test
  void layers_madeOfImpossibleNumbers_areRefused() {
    assertThatThrownBy(() -> new Conv2d(0, ONE, ONE, Padding.NONE, true))
        .hasMessage("out: 0 (expected: ≥ 1)");
    assertThatThrownBy(() -> new MaxPool2d(new Extent(0, 2), ONE, Padding.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Dropout(1)).hasMessage("p: 1.0 (expected: at least 0, below 1)");
    assertThatThrownBy(() -> new BatchNorm(0, 0.1)).hasMessage("epsilon: 0.0 (expected: > 0)");
    assertThatThrownBy(() -> new BatchNorm(1e-5, 1.5))
        .hasMessage("momentum: 1.5 (expected: 0 … 1)");
    assertThatThrownBy(() -> new LeakyRelu(Double.NaN)).hasMessage("slope: NaN (expected: > 0)");
    assertThatThrownBy(() -> new Concat(List.of()))
        .hasMessage("paths: [] (expected: at least one)");
    assertThatThrownBy(() -> new Extent(-1, 1)).hasMessage("height: -1 (expected: 0 … 65535)");
  }

  private static LayerSpec conv(int out) {
    return new Conv2d(out, ONE, ONE, Padding.NONE, false);
  }

  private static Padding fixed(Extent extent) {
    return new Padding.Fixed(extent);
  }

  private static String message(LayerSpec layer, List<Integer> input) {
    return layer.misfit(input).orElseThrow().problem().toString();
  }
}
