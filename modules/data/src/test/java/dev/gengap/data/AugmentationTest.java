package dev.gengap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.data.Augmentation.ColourJitter;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final ColourJitter GREY = new ColourJitter(0, 0, 0, 0);

  @Test
  void isNone_anythingAsked_isFalse() {
    assertThat(Augmentation.NONE.isNone()).isTrue();
    assertThat(new Augmentation(true, 0, false, 0, GREY).isNone()).isFalse();
    assertThat(new Augmentation(false, 0, true, 0, GREY).isNone()).isFalse();
    assertThat(new Augmentation(false, 0, false, 1, GREY).isNone()).isFalse();
    for (int i = 0; i < 4; i++) {
      double[] strength = new double[4];
      strength[i] = 0.1;
      ColourJitter colour = new ColourJitter(strength[0], strength[1], strength[2], strength[3]);
      assertThat(new Augmentation(false, 0, false, 0, colour).isNone()).isFalse();
    }
  }

  @Test
  void needsUncropped_randomCrop_unlessPixelsAreFixed() {
    Augmentation crop = new Augmentation(true, 0, false, 0, GREY);

    assertThat(crop.needsUncropped(ConditionKind.NONE)).isTrue();
    assertThat(crop.needsUncropped(ConditionKind.RANDOM_LABELS)).isTrue();
    assertThat(crop.needsUncropped(ConditionKind.SHUFFLED_PIXELS)).isFalse();
    assertThat(Augmentation.NONE.needsUncropped(ConditionKind.NONE)).isFalse();
  }

  @Test
  void windows_cropAndPadding_areCounted() {
    ImageShape raw = new ImageShape(3, 32, 32);
    ImageShape crop = new ImageShape(3, 28, 28);

    assertThat(new Augmentation(true, 0, false, 0, GREY).windows(raw, crop)).isEqualTo(25);
    assertThat(new Augmentation(true, 4, false, 0, GREY).windows(raw, raw)).isEqualTo(81);
    assertThat(new Augmentation(true, 0, false, 0, GREY).windows(raw, raw)).isEqualTo(1);
    assertThat(new Augmentation(true, 1, false, 0, GREY).windows(crop, raw)).isZero();
  }

  @Test
  void create_outOfRange_isRefused() {
    assertThatThrownBy(() -> new Augmentation(true, 0, false, 181, GREY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rotation: 181.0 (expected: 0 … 180.0)");
    assertThatThrownBy(() -> new ColourJitter(0, 0, 0, 0.6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hue: 0.6 (expected: 0 … 0.5)");
    assertThatThrownBy(() -> new ColourJitter(Double.NaN, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Augmentation(false, 4, false, 0, GREY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("padding: 4 (expected: 0 without a random crop)");
  }
}
