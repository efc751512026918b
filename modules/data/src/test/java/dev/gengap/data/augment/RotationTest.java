package dev.gengap.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.data.ImageShape;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static final Offset<Float> CLOSE = within(1e-4f);

  @Property(tries = 50)
  void rotate_zero_isTheImage(
      @ForAll @Size(60) byte[] pixels, @ForAll @IntRange(min = 1, max = 2) int half) {
    float[] image = new float[60];
    new Rotation(new ImageShape(3, 2 * half, 10 / half)).rotate(0, pixels, 0, image);
    for (int i = 0; i < image.length; i++) {
      assertThat(image[i]).isEqualTo(pixels[i] & 0xFF);
    }
  }

  @Property(tries = 50)
  void rotate_anyAngle_staysInRange(
      @ForAll @Size(75) byte[] pixels, @ForAll @DoubleRange(min = -180, max = 180) double degrees) {
    float[] image = new float[75];
    new Rotation(new ImageShape(3, 5, 5)).rotate(degrees, pixels, 0, image);
    for (float value : image) {
      assertThat(value).isBetween(0f, 255.001f);
    }
  }

  @Test
  void rotate_quarterTurn_isCounterClockwise() {
    assertThat(rotated(90, 1, 2, 3, 4, 5, 6, 7, 8, 9))
        .containsExactly(new float[] {3, 6, 9, 2, 5, 8, 1, 4, 7}, CLOSE);
  }

  @Test
  void rotate_halfTurn_isUpsideDown() {
    assertThat(rotated(-180, 1, 2, 3, 4, 5, 6, 7, 8, 9))
        .containsExactly(new float[] {9, 8, 7, 6, 5, 4, 3, 2, 1}, CLOSE);
  }

  /**
   * The four nearest neighbours look 1/√2 aside in both directions, so they see (1 − 1/√2)² of the
   * centre; the corners look √2 along one axis and see none of it.
   */
  @Test
  void rotate_eighthTurnOfOnePoint_isInterpolated() {
    float side = (float) (255 * Math.pow(1 - Math.sqrt(0.5), 2));
    assertThat(rotated(45, 0, 0, 0, 0, 255, 0, 0, 0, 0))
        .containsExactly(new float[] {0, side, 0, side, 255, side, 0, side, 0}, CLOSE);
  }

  /** A corner looks √2 along one axis: of the border's 200 it sees 2 − √2. */
  @Test
  void rotate_eighthTurn_takesZerosFromOutside() {
    float corner = (float) (200 * (2 - Math.sqrt(2)));
    float[] image = rotated(45, 200, 200, 200, 200, 200, 200, 200, 200, 200);

    assertThat(new float[] {image[0], image[2], image[6], image[8]})
        .containsExactly(new float[] {corner, corner, corner, corner}, CLOSE);
    assertThat(image[4]).isEqualTo(200, CLOSE);
  }

  /** Of one channel, 3 × 3, behind another byte. */
  private static float[] rotated(double degrees, int... values) {
    byte[] pixels = new byte[10];
    for (int i = 0; i < values.length; i++) {
      pixels[i + 1] = (byte) values[i];
    }
    float[] image = new float[9];
    new Rotation(new ImageShape(1, 3, 3)).rotate(degrees, pixels, 1, image);
    return image;
  }
}
