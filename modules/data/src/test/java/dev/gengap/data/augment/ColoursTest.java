package dev.gengap.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ColoursTest {
  private static final Offset<Float> CLOSE = within(1e-3f);

  @Test
  void brightness_aboveWhite_isWhite() {
    assertThat(changed(image -> Colours.brightness(image, 1.5f), 0, 100, 200))
        .containsExactly(0, 150, 255);
  }

  @Test
  void contrast_grey_movesTowardsTheMean() {
    assertThat(changed(image -> Colours.contrast(image, 1, 0.5f), 0, 100, 200, 100))
        .containsExactly(50, 100, 150, 100);
  }

  @Test
  void contrast_greyAboveOne_isClipped() {
    assertThat(changed(image -> Colours.contrast(image, 1, 3), 0, 90, 110, 200))
        .containsExactly(0, 70, 130, 255);
  }

  /** Two pixels: (100, 200, 50) of luminance 153, (0, 0, 250) of luminance 28.5; mean 90.75. */
  @Test
  void contrast_colour_movesTowardsTheMeanLuminance() {
    assertThat(changed(image -> Colours.contrast(image, 3, 0), 100, 0, 200, 0, 50, 250))
        .containsOnly(new float[] {90.75f}, CLOSE);
    assertThat(changed(image -> Colours.contrast(image, 3, 0.5f), 100, 0, 200, 0, 50, 250))
        .containsExactly(
            new float[] {95.375f, 45.375f, 145.375f, 45.375f, 70.375f, 170.375f}, CLOSE);
  }

  /** Luminance 29.9 + 88.05 + 22.8. */
  @Test
  void saturation_zeroAndTwo_areGreyAndFurtherFromIt() {
    assertThat(changed(image -> Colours.saturation(image, 0), 100, 150, 200))
        .containsOnly(new float[] {140.75f}, CLOSE);
    assertThat(changed(image -> Colours.saturation(image, 2), 100, 150, 200))
        .containsExactly(new float[] {59.25f, 159.25f, 255}, CLOSE);
  }

  @Test
  void hue_thirdOfATurn_movesChannelsOn() {
    assertThat(changed(image -> Colours.hue(image, 1 / 3.0), 255, 0, 0))
        .containsExactly(new float[] {0, 255, 0}, CLOSE);
    assertThat(changed(image -> Colours.hue(image, 1 / 3.0), 200, 100, 50))
        .containsExactly(new float[] {50, 200, 100}, CLOSE);
    assertThat(changed(image -> Colours.hue(image, -1 / 3.0), 200, 100, 50))
        .containsExactly(new float[] {100, 50, 200}, CLOSE);
  }

  @Test
  void hue_halfATurn_isTheComplement() {
    assertThat(changed(image -> Colours.hue(image, 0.5), 200, 100, 50))
        .containsExactly(new float[] {50, 150, 200}, CLOSE);
  }

  @Property(tries = 100)
  void hue_turnsThatMakeAWhole_areTheImageWithinOne(
      @ForAll @Size(48) byte[] pixels, @ForAll @DoubleRange(min = -0.5, max = 0.5) double turns) {
    float[] image = values(pixels);
    Colours.hue(image, turns);
    Colours.hue(image, 1 - turns);
    assertThat(image).containsExactly(values(pixels), within(1f));
  }

  @Property(tries = 100)
  void hue_anyTurn_keepsGreatestAndLeast(
      @ForAll @Size(3) byte[] pixel, @ForAll @DoubleRange(min = -0.5, max = 0.5) double turns) {
    float[] before = values(pixel);
    float[] after = before.clone();
    Colours.hue(after, turns);
    assertThat(max(after)).isEqualTo(max(before), CLOSE);
    assertThat(-max(negative(after))).isEqualTo(-max(negative(before)), CLOSE);
  }

  @Property(tries = 50)
  void factors_one_areTheImage(@ForAll @Size(48) byte[] pixels) {
    float[] image = values(pixels);
    Colours.brightness(image, 1);
    Colours.contrast(image, 3, 1);
    Colours.saturation(image, 1);
    Colours.hue(image, 0);
    assertThat(image).containsExactly(values(pixels), CLOSE);
  }

  @Property(tries = 100)
  void colours_anyFactors_stayInRange(
      @ForAll @Size(48) byte[] pixels,
      @ForAll @FloatRange(max = 256) float factor,
      @ForAll @DoubleRange(min = -0.5, max = 0.5) double turns) {
    float[] image = values(pixels);
    Colours.brightness(image, factor);
    Colours.contrast(image, 3, factor);
    Colours.saturation(image, factor);
    Colours.hue(image, turns);
    for (float value : image) {
      assertThat(value).isBetween(-0.001f, 255.001f);
    }
  }

  private static float[] changed(Consumer<float[]> change, float... image) {
    change.accept(image);
    return image;
  }

  private static float[] values(byte[] pixels) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xFF;
    }
    return values;
  }

  private static float[] negative(float[] values) {
    float[] negative = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      negative[i] = -values[i];
    }
    return negative;
  }

  private static float max(float[] values) {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
