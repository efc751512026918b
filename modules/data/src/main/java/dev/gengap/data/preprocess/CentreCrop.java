package dev.gengap.data.preprocess;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;

/**
 * Cuts the square of a given side from the centre of each image; where the margins are odd, the
 * upper and left ones are the smaller.
 */
public final class CentreCrop {
  private CentreCrop() {}

  /**
   * Both splits cropped.
   *
   * @param side in pixels; 0 keeps the whole image, and returns the set itself
   * @throws UserError if the images are smaller
   */
  public static DataSet apply(DataSet set, int side) {
    if (side == 0) {
      return set;
    }
    ImageShape shape = set.train().shape();
    if (side < 0 || side > Math.min(shape.height(), shape.width())) {
      throw new UserError(
          Problem.of(
              "",
              "crop",
              side,
              "0 … %d, for the images of %s are %d × %d"
                  .formatted(
                      Math.min(shape.height(), shape.width()),
                      set.name(),
                      shape.height(),
                      shape.width())));
    }
    return new DataSet(set.name(), crop(set.train(), side), crop(set.test(), side));
  }

  private static LabelledImages crop(LabelledImages images, int side) {
    ImageShape from = images.shape();
    if (from.height() == side && from.width() == side) {
      return images;
    }
    ImageShape to = new ImageShape(from.channels(), side, side);
    int top = (from.height() - side) / 2;
    int left = (from.width() - side) / 2;
    byte[] pixels = new byte[images.size() * to.size()];
    int planes = images.size() * from.channels();
    for (int plane = 0; plane < planes; plane++) {
      for (int row = 0; row < side; row++) {
        int source = plane * from.area() + (top + row) * from.width() + left;
        System.arraycopy(images.pixels(), source, pixels, plane * to.area() + row * side, side);
      }
    }
    return new LabelledImages(to, images.classes(), pixels, images.labels());
  }
}
