package dev.gengap.experiment.file;

import static dev.gengap.data.Augmentation.MAX_HUE;
import static dev.gengap.data.Augmentation.MAX_ROTATION;
import static dev.gengap.data.Augmentation.MAX_STRENGTH;
import static dev.gengap.experiment.file.Key.run;

import java.util.List;

/** The keys of what is done to training images anew in every epoch. */
final class AugmentationKeys {
  final Key<Boolean> randomCrop =
      run(
          "augmentation.random-crop",
          ValueType.flag(),
          "false",
          "Whether training images are cropped at a random place instead of the centre.");
  final Key<Integer> padding =
      run(
          "augmentation.padding",
          ValueType.integer(0),
          "0",
          "Zeros put around an image before a random crop [pixels].");
  final Key<Boolean> flip =
      run(
          "augmentation.flip",
          ValueType.flag(),
          "false",
          "Whether every other training image, by chance, is mirrored, left for right.");
  final Key<Double> rotation =
      run(
          "augmentation.rotation",
          ValueType.number("a number from 0 to 180", x -> x >= 0 && x <= MAX_ROTATION),
          "0",
          "Largest angle, either way, by which training images are turned [degrees].");
  final Key<Double> brightness = strength("brightness", "brightness");
  final Key<Double> contrast = strength("contrast", "contrast");
  final Key<Double> saturation = strength("saturation", "saturation, of images in colour");
  final Key<Double> hue =
      run(
          "augmentation.hue",
          ValueType.number("a number from 0 to 0.5", x -> x >= 0 && x <= MAX_HUE),
          "0",
          "Largest shift, either way, of the hue of images in colour [turns].");

  /** In the order of the documentation. */
  List<Key<?>> all() {
    return List.of(randomCrop, padding, flip, rotation, brightness, contrast, saturation, hue);
  }

  private static Key<Double> strength(String which, String what) {
    return run(
        "augmentation." + which,
        ValueType.number("a number from 0 to 255", x -> x >= 0 && x <= MAX_STRENGTH),
        "0",
        "s, for a random factor in [max(0, 1 − s), 1 + s] on the " + what + ".");
  }
}
