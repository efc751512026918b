package dev.gengap.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.Hashes;
import dev.gengap.data.Augmentation;
import dev.gengap.data.Augmentation.ColourJitter;
import dev.gengap.data.ImageShape;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  private static final ColourJitter GREY = new ColourJitter(0, 0, 0, 0);
  private static final ImageShape SMALL = new ImageShape(3, 5, 5);
  private static final ImageShape CROPPED = new ImageShape(3, 4, 4);
  private static final Augmentation EVERYTHING =
      new Augmentation(true, 1, true, 30, new ColourJitter(0.4, 0.4, 0.4, 0.2));

  /** Made by a script of its own, in double, with Python's colorsys for the hue. */
  @Test
  void apply_everything_isTheReference() {
    byte[] image = pattern(SMALL.size());

    assertThat(applied(new Augmenter(EVERYTHING, SMALL, CROPPED, 42), image, 0, 0))
        .isEqualTo(
            bytes(
                52, 181, 138, 55, 40, 209, 121, 160, 0, 56, 137, 217, 0, 34, 45, 76, //
                30, 146, 189, 112, 18, 141, 181, 158, 0, 195, 205, 175, 0, 65, 98, 104, //
                80, 199, 194, 97, 18, 90, 218, 89, 0, 137, 78, 135, 0, 29, 42, 102));
    assertThat(applied(new Augmenter(EVERYTHING, SMALL, CROPPED, 42), image, 0, 1))
        .isEqualTo(
            bytes(
                110, 74, 39, 39, 201, 202, 147, 67, 176, 174, 90, 139, 141, 72, 129, 138, //
                58, 61, 39, 39, 122, 183, 60, 89, 131, 184, 189, 194, 100, 217, 199, 148, //
                103, 79, 39, 39, 228, 220, 239, 195, 211, 174, 139, 136, 112, 155, 114, 104));
  }

  /** Runs of other days and machines must see the same images. */
  @Test
  void apply_aGivenSeed_neverChanges() {
    ImageShape raw = new ImageShape(3, 32, 32);
    ImageShape crop = new ImageShape(3, 28, 28);
    byte[] into = new byte[64 * crop.size()];
    int[] ids = new int[64];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (i * 37) % 64;
    }
    new Augmenter(EVERYTHING, raw, crop, -7).apply(pattern(64 * raw.size()), ids, 123_456, into);

    assertThat(Hashes.sha256(into))
        .isEqualTo("f49903e0d1a4d4ca2728debc4d619fc27bf4353609fe724ce9aaddc2361a0529");
  }

  @Test
  void apply_oneMoreChange_leavesTheOtherDraws() {
    Augmentation crop = new Augmentation(true, 0, false, 0, GREY);
    Augmentation both = new Augmentation(true, 0, true, 0, GREY);
    byte[] image = pattern(SMALL.size());
    Window whole = new Window(CROPPED, CROPPED);
    int mirrored = 0;
    for (int epoch = 0; epoch < 50; epoch++) {
      byte[] cropped = applied(new Augmenter(crop, SMALL, CROPPED, 3), image, 0, epoch);
      byte[] flipped = applied(new Augmenter(both, SMALL, CROPPED, 3), image, 0, epoch);
      byte[] mirror = new byte[cropped.length];
      whole.cut(cropped, 0, new Window.View(0, 0, true), mirror, 0);
      assertThat(flipped).isIn(cropped, mirror);
      mirrored += Arrays.equals(flipped, mirror) ? 1 : 0;
    }
    assertThat(mirrored).isBetween(10, 40);
  }

  @Test
  void apply_randomCrop_takesEveryWindow() {
    ImageShape source = new ImageShape(1, 3, 3);
    ImageShape output = new ImageShape(1, 2, 2);
    Augmenter augmenter =
        new Augmenter(new Augmentation(true, 0, false, 0, GREY), source, output, 1);
    byte[] image = bytes(1, 2, 3, 4, 5, 6, 7, 8, 9);
    Set<Integer> corners = new TreeSet<>();
    for (int epoch = 0; epoch < 100; epoch++) {
      corners.add((int) applied(augmenter, image, 0, epoch)[0]);
    }
    assertThat(corners).containsExactly(1, 2, 4, 5);
  }

  @Test
  void quantise_halves_goToEven() {
    byte[] into = new byte[7];
    Augmenter.quantise(
        new float[] {-0f, 0.5f, 1.5f, 2.5f, 254.5f, 255.00002f, 2.4999998f}, into, 0);
    assertThat(into).isEqualTo(bytes(0, 0, 2, 2, 254, 255, 2));
  }

  @Test
  void create_coloursOfGreyImages_areRefused() {
    ImageShape grey = new ImageShape(1, 4, 4);
    Augmentation hue = new Augmentation(false, 0, false, 0, new ColourJitter(0, 0, 0, 0.1));

    assertThatThrownBy(() -> new Augmenter(hue, grey, grey, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("channels: 1 (expected: 3, for saturation and hue)");
  }

  @Test
  void create_shapesThatDoNotFollow_areRefused() {
    Augmentation crop = new Augmentation(true, 0, false, 0, GREY);

    assertThatThrownBy(() -> new Augmenter(Augmentation.NONE, SMALL, CROPPED, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("augmented images: ");
    assertThatThrownBy(() -> new Augmenter(crop, CROPPED, SMALL, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] applied(Augmenter augmenter, byte[] image, int id, int epoch) {
    byte[] into = new byte[augmenter.output().size()];
    augmenter.apply(image, new int[] {id}, epoch, into);
    return into;
  }

  private static byte[] pattern(int length) {
    byte[] pixels = new byte[length];
    for (int i = 0; i < length; i++) {
      pixels[i] = (byte) (i * i * 7 + i * 29 + 13);
    }
    return pixels;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
