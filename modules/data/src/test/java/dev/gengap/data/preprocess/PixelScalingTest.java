package dev.gengap.data.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.Preprocessing.Scaling;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PixelScalingTest {
  private static final byte[] GOLDEN = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

  @Test
  void whitening_goldenImage_matchesTensorFlow() {
    float[] scaled = new float[12];
    new PixelScaling(Scaling.PER_IMAGE_WHITENING, 12).scale(GOLDEN, 0, 1, scaled);
    assertThat(scaled[0]).isEqualTo((float) -0.07471591718924567);
    assertThat(scaled[11]).isEqualTo((float) 0.07471591718924567);
    assertThat(scaled[1])
        .isEqualTo((float) ((1 / 255.0 - 0.02156862745098039) / 0.2886751345948129));
  }

  @Test
  void whitening_wideSpread_hasMeanZeroAndVarianceOne() {
    byte[] pixels = new byte[2352];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37);
    }
    float[] scaled = new float[2352];
    new PixelScaling(Scaling.PER_IMAGE_WHITENING, 2352).scale(pixels, 0, 1, scaled);
    double sum = 0;
    double squares = 0;
    for (float x : scaled) {
      sum += x;
      squares += (double) x * x;
    }
    assertThat(sum / 2352).isCloseTo(0, within(1e-7));
    assertThat(squares / 2352).isCloseTo(1, within(1e-6));
  }

  @Test
  void whitening_constantImage_isZero() {
    byte[] pixels = {9, 9, 9, 9};
    float[] scaled = {1, 1, 1, 1};
    new PixelScaling(Scaling.PER_IMAGE_WHITENING, 4).scale(pixels, 0, 1, scaled);
    assertThat(scaled).containsExactly(0, 0, 0, 0);
  }

  @Test
  void whitening_largeBrightImage_addsUpExactly() {
    int size = 5 * (1 << 14) + 7;
    byte[] pixels = new byte[size];
    Arrays.fill(pixels, (byte) 255);
    pixels[size - 1] = 0;
    float[] scaled = new float[size];
    new PixelScaling(Scaling.PER_IMAGE_WHITENING, size).scale(pixels, 0, 1, scaled);
    double mean = (size - 1.0) / size;
    double deviation = Math.max(Math.sqrt(mean * (1 - mean)), 1 / Math.sqrt(size));
    assertThat(scaled[0]).isCloseTo((float) ((1 - mean) / deviation), within(1e-9f));
    assertThat(scaled[size - 1]).isCloseTo((float) (-mean / deviation), within(1e-4f));
  }

  @Test
  void unit_anyImage_isDividedBy255() {
    float[] scaled = new float[2];
    new PixelScaling(Scaling.UNIT, 2).scale(new byte[] {0, 1, (byte) 255, 51}, 1, 1, scaled);
    assertThat(scaled).containsExactly(1f, 0.2f);
  }

  @Test
  void copyInputs_range_isTheSameAsOneByOne() {
    byte[] pixels = {0, 50, 3, (byte) 200, 7, 7};
    PreprocessedExamples examples =
        new PreprocessedExamples(
            new LabelledImages(new ImageShape(1, 1, 2), 10, pixels, new int[] {4, 5, 6}),
            Scaling.PER_IMAGE_WHITENING);
    float[] both = new float[4];
    float[] one = new float[2];
    examples.copyInputs(1, 2, both);
    examples.copyInputs(1, 1, one);
    assertThat(both).startsWith(one);
    assertThat(examples.size()).isEqualTo(3);
    assertThat(examples.features()).isEqualTo(2);
    assertThat(examples.label(2)).isEqualTo(6);
    assertThatThrownBy(() -> examples.copyInputs(2, 2, both))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
