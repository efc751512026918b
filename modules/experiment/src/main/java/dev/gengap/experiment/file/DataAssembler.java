package dev.gengap.experiment.file;

import dev.gengap.data.Augmentation;
import dev.gengap.data.Augmentation.ColourJitter;
import dev.gengap.data.Condition;
import dev.gengap.data.ConditionKind;
import dev.gengap.data.ImageShape;
import dev.gengap.data.Preprocessing;
import dev.gengap.experiment.DataCatalogue;
import dev.gengap.experiment.RunConfig;
import dev.gengap.experiment.RunConfig.DataSelection;
import java.util.Optional;

/**
 * Makes of one cell's values what a run is fed, and checks that they go together. Confined to one
 * thread.
 */
final class DataAssembler {
  private static final int RGB = 3;

  private final DataKeys keys;
  private final AugmentationKeys augmentationKeys;
  private final DataCatalogue catalogue;
  private final CellReader cell;

  DataAssembler(Keys keys, DataCatalogue catalogue, CellReader cell) {
    this.keys = keys.data;
    this.augmentationKeys = keys.augmentation;
    this.catalogue = catalogue;
    this.cell = cell;
  }

  DataSelection data() {
    String set = cell.get(keys.set);
    DataCatalogue.Facts facts = catalogue.facts(set);
    int train = count(keys.train, facts, facts.train(), "training examples of " + set);
    int test = count(keys.test, facts, facts.test(), "test examples of " + set);
    int heldOut = cell.get(keys.heldOut);
    if (heldOut >= train && cell.areSound(keys.set, keys.train)) {
      cell.refuse(keys.heldOut, "less than " + train + ", the training examples");
    }
    return new DataSelection(set, train, heldOut, test, facts.shape(), facts.classes());
  }

  private int count(Key<Integer> key, DataCatalogue.Facts facts, int available, String what) {
    int asked = cell.get(key);
    if (asked > available && !facts.extensible() && cell.areSound(keys.set)) {
      cell.refuse(key, "at most " + available + ", the " + what);
    }
    return asked == 0 ? available : asked;
  }

  Preprocessing preprocessing(ImageShape shape) {
    int crop = cell.get(keys.crop);
    int side = Math.min(shape.height(), shape.width());
    if (crop > side && cell.areSound(keys.set)) {
      cell.refuse(keys.crop, "at most " + side + ", the images' smaller side");
    }
    return new Preprocessing(crop, cell.get(keys.scaling));
  }

  Condition condition() {
    return new Condition(
        cell.get(keys.kind),
        cell.get(keys.p),
        cell.get(keys.permuteChannels),
        cell.get(keys.gaussian).equals("per-channel"),
        cell.get(keys.testLabels));
  }

  /** Empty if something about it has been reported. */
  Optional<Augmentation> augmentation(ImageShape raw, int crop, ConditionKind condition) {
    boolean randomCrop = cell.get(augmentationKeys.randomCrop);
    int padding = cell.get(augmentationKeys.padding);
    boolean flip = cell.get(augmentationKeys.flip);
    double rotation = cell.get(augmentationKeys.rotation);
    ColourJitter colour = colour(raw.channels());
    if (padding > 0 && !randomCrop) {
      if (cell.areSound(augmentationKeys.randomCrop)) {
        cell.refuse(augmentationKeys.padding, "0 without augmentation.random-crop");
      }
      return Optional.empty();
    }
    Augmentation augmentation = new Augmentation(randomCrop, padding, flip, rotation, colour);
    if (randomCrop && crop <= Math.min(raw.height(), raw.width())) {
      checkCrop(augmentation, raw, RunConfig.inputShape(raw, crop), condition);
    }
    return Optional.of(augmentation);
  }

  private void checkCrop(
      Augmentation augmentation, ImageShape raw, ImageShape input, ConditionKind condition) {
    if (!cell.areSound(keys.set, keys.crop, keys.kind, augmentationKeys.padding)) {
      return;
    }
    int side = Math.min(input.height(), input.width());
    ImageShape source = augmentation.needsUncropped(condition) ? raw : input;
    if (augmentation.padding() >= side) {
      cell.refuse(augmentationKeys.padding, "less than " + side + ", the side of the crop");
    } else if (augmentation.windows(source, input) == 1) {
      cell.refuse(
          augmentationKeys.randomCrop,
          condition.changesPixels()
              ? "false, or augmentation.padding > 0, for " + condition.key() + " fixes the crop"
              : "false, or augmentation.padding > 0, or a preprocessing.crop that leaves a choice");
    }
  }

  private ColourJitter colour(int channels) {
    checkChannels(augmentationKeys.saturation, channels);
    checkChannels(augmentationKeys.hue, channels);
    return new ColourJitter(
        cell.get(augmentationKeys.brightness),
        cell.get(augmentationKeys.contrast),
        cell.get(augmentationKeys.saturation),
        cell.get(augmentationKeys.hue));
  }

  private void checkChannels(Key<Double> key, int channels) {
    if (cell.get(key) > 0 && channels != RGB && cell.areSound(keys.set)) {
      String set = cell.get(keys.set);
      cell.refuse(key, "0, for images of " + set + " are not in colour");
    }
  }
}
