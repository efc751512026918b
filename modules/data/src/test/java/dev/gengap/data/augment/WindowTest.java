package dev.gengap.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.data.ImageShape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WindowTest {
  /** Two images of two channels of 2 × 3. */
  private static final ImageShape SOURCE = new ImageShape(2, 2, 3);

  private static final byte[] IMAGES = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, //
    1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16
  };

  @Test
  void cut_inside_takesTheSamePlaceOfEveryChannel() {
    assertThat(cut(new ImageShape(2, 1, 2), new Window.View(1, 1, false)))
        .containsExactly(5, 6, 15, 16);
  }

  @Test
  void cut_beyondTheUpperLeftCorner_isZeroThere() {
    assertThat(cut(new ImageShape(2, 2, 3), new Window.View(-1, -2, false)))
        .containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 11);
  }

  @Test
  void cut_beyondTheLowerRightCorner_isZeroThere() {
    assertThat(cut(new ImageShape(2, 2, 3), new Window.View(1, 1, false)))
        .containsExactly(5, 6, 0, 0, 0, 0, 15, 16, 0, 0, 0, 0);
  }

  @Test
  void cut_whollyOutside_isZero() {
    assertThat(cut(new ImageShape(2, 1, 2), new Window.View(0, 3, false))).containsOnly(0);
    assertThat(cut(new ImageShape(2, 1, 2), new Window.View(0, -2, false))).containsOnly(0);
  }

  @Test
  void cut_mirrored_isWhatIsSeenFromBehind() {
    assertThat(cut(new ImageShape(2, 1, 3), new Window.View(1, -1, true)))
        .containsExactly(5, 4, 0, 15, 14, 0);
  }

  @Test
  void cut_mirroredTwice_isTheImage() {
    Window whole = new Window(SOURCE, SOURCE);
    byte[] once = new byte[12];
    byte[] twice = new byte[12];
    whole.cut(IMAGES, 12, new Window.View(0, 0, true), once, 0);
    whole.cut(once, 0, new Window.View(0, 0, true), twice, 0);

    assertThat(once).startsWith(3, 2, 1, 6, 5, 4);
    assertThat(twice).startsWith(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16);
  }

  /** Of the second image, into the middle of what held other bytes. */
  private static byte[] cut(ImageShape output, Window.View view) {
    byte[] into = new byte[output.size() + 2];
    Arrays.fill(into, (byte) 77);
    new Window(SOURCE, output).cut(IMAGES, 12, view, into, 1);
    assertThat(into).startsWith(77).endsWith(77);
    return Arrays.copyOfRange(into, 1, into.length - 1);
  }
}
