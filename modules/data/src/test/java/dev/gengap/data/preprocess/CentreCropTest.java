package dev.gengap.data.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import org.junit.jupiter.api.Test;

class CentreCropTest {

  @Test
  void apply_evenMargins_takesTheMiddleOfEveryChannel() {
    DataSet cropped = CentreCrop.apply(numbered(2, 4, 4), 2);
    assertThat(cropped.train().shape()).isEqualTo(new ImageShape(2, 2, 2));
    assertThat(cropped.train().pixels()).containsExactly(5, 6, 9, 10, 21, 22, 25, 26);
    assertThat(cropped.test().shape()).isEqualTo(new ImageShape(2, 2, 2));
  }

  @Test
  void apply_oddMargins_leavesTheLargerBelowAndRight() {
    assertThat(CentreCrop.apply(numbered(1, 3, 3), 2).train().pixels()).containsExactly(0, 1, 3, 4);
  }

  @Test
  void apply_zeroOrWholeSide_copiesNothing() {
    DataSet set = numbered(1, 3, 3);
    assertThat(CentreCrop.apply(set, 0)).isSameAs(set);
    assertThat(CentreCrop.apply(set, 3).train()).isSameAs(set.train());
  }

  @Test
  void apply_largerThanTheImage_saysTheImageSize() {
    assertThatThrownBy(() -> CentreCrop.apply(numbered(1, 3, 3), 4))
        .isInstanceOf(UserError.class)
        .hasMessage("crop: 4 (expected: 0 … 3, for the images of numbered are 3 × 3)");
  }

  private static DataSet numbered(int channels, int height, int width) {
    ImageShape shape = new ImageShape(channels, height, width);
    byte[] pixels = new byte[shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    LabelledImages images = new LabelledImages(shape, 10, pixels, new int[1]);
    return new DataSet("numbered", images, images);
  }
}
