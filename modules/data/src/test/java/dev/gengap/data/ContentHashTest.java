package dev.gengap.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.core.Hashes;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  private static final byte[] PIXELS = {1, 2, 3, 4, 5, 6, 7, (byte) 255};
  private final LabelledImages images =
      new LabelledImages(new ImageShape(1, 2, 2), 10, PIXELS, new int[] {3, 9});

  @Test
  void ofImages_pixels_isTheHashOfTheirBytes() {
    assertThat(ContentHash.ofImages(images)).isEqualTo(Hashes.sha256(PIXELS));
  }

  @Test
  void labelBytes_upTo256Classes_isOneByteEach() {
    assertThat(ContentHash.labelBytes(images)).containsExactly(3, 9);
  }

  @Test
  void labelBytes_moreClasses_isFourBytesEach() {
    LabelledImages wide = new LabelledImages(images.shape(), 257, PIXELS, new int[] {3, 256});
    assertThat(ContentHash.labelBytes(wide)).containsExactly(0, 0, 0, 3, 0, 0, 1, 0);
  }

  @Test
  void ofSet_otherLabelsShapeOrClasses_differs() {
    String hash = ContentHash.ofSet(images);
    assertThat(hash).isNotEqualTo(ContentHash.ofSet(with(new ImageShape(1, 2, 2), 10, 3, 8)));
    assertThat(hash).isNotEqualTo(ContentHash.ofSet(with(new ImageShape(1, 4, 1), 10, 3, 9)));
    assertThat(hash).isNotEqualTo(ContentHash.ofSet(with(new ImageShape(1, 2, 2), 11, 3, 9)));
    assertThat(hash).isEqualTo(ContentHash.ofSet(with(new ImageShape(1, 2, 2), 10, 3, 9)));
  }

  private static LabelledImages with(ImageShape shape, int classes, int... labels) {
    return new LabelledImages(shape, classes, PIXELS.clone(), labels);
  }
}
