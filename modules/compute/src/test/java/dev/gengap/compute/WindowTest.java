package dev.gengap.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.Window.Padding;
import org.junit.jupiter.api.Test;

class WindowTest {

  @Test
  void output_windowsThatFit_areCounted() {
    assertThat(Window.square(3, 2, 1).outputHeight(28)).isEqualTo(14);
    assertThat(Window.square(3, 2, 0).outputWidth(28)).isEqualTo(13);
    assertThat(Window.square(7, 7, 0).outputHeight(7)).isEqualTo(1);
    assertThat(Window.square(5, 3, 0).outputHeight(3)).isLessThan(1);
  }

  @Test
  void samePadding_stride1_isSymmetricForOddKernels() {
    assertThat(Window.square(5, 1, 0).samePadding(7, 9)).isEqualTo(Window.square(5, 1, 2));
    assertThat(Window.square(2, 1, 0).samePadding(6, 5).padding())
        .isEqualTo(new Padding(0, 1, 0, 1));
  }

  @Test
  void samePadding_stride2_isAsTensorFlows() {
    Window window = new Window(3, 5, 2, 2, Padding.symmetric(0, 0)).samePadding(28, 27);
    assertThat(window.padding()).isEqualTo(new Padding(0, 1, 2, 2));
    assertThat(window.outputHeight(28)).isEqualTo(14);
    assertThat(window.outputWidth(27)).isEqualTo(14);
  }

  @Test
  void samePadding_strideAboveTheKernel_isNone() {
    Window window = Window.square(1, 3, 0).samePadding(8, 7);
    assertThat(window.padding()).isEqualTo(Padding.symmetric(0, 0));
    assertThat(window.outputHeight(8)).isEqualTo(3);
  }

  @Test
  void isPointwise_onlyOnePixelMovedByOne() {
    assertThat(Window.square(1, 1, 0).isPointwise()).isTrue();
    assertThat(Window.square(1, 2, 0).isPointwise()).isFalse();
    assertThat(Window.square(1, 1, 1).isPointwise()).isFalse();
  }

  @Test
  void window_withoutKernelOrStride_isRefused() {
    assertThatThrownBy(() -> Window.square(0, 1, 0)).hasMessage("kernelHeight: 0 (expected: >= 1)");
    assertThatThrownBy(() -> Window.square(3, 0, 0)).hasMessage("strideHeight: 0 (expected: >= 1)");
  }

  @Test
  void padding_negativeOrUneven_isRefused() {
    assertThatThrownBy(() -> new Padding(-1, -1, 0, 0))
        .hasMessage("padding above and below: -1 and -1 (expected: n and n or n + 1, n >= 0)");
    assertThatThrownBy(() -> new Padding(0, 0, 1, 0))
        .hasMessage("padding left and right: 1 and 0 (expected: n and n or n + 1, n >= 0)");
  }
}
