package dev.gengap.data.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.core.Seeds;
import dev.gengap.data.Augmentation;
import dev.gengap.data.Augmentation.ColourJitter;
import dev.gengap.data.Condition;
import dev.gengap.data.ConditionKind;
import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.condition.Corruption;
import dev.gengap.data.preprocess.CentreCrop;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class BatchPixelsProperties {
  private static final int EXAMPLES = 20;
  private static final int CROP = 8;
  private static final ImageShape RAW = new ImageShape(3, 10, 10);
  private static final ImageShape CROPPED = new ImageShape(3, CROP, CROP);
  private static final DataSet SET = new DataSet("small", random(EXAMPLES, 1), random(5, 2));

  @Property(tries = 50)
  void copy_anyBatch_isAFunctionOfSeedExampleAndEpoch(
      @ForAll long seed,
      @ForAll @IntRange(max = 1_000_000) int epoch,
      @ForAll @IntRange(max = EXAMPLES - 1) int first,
      @ForAll @IntRange(max = EXAMPLES - 1) int second,
      @ForAll @DoubleRange(max = 0.5) double strength) {
    Augmentation all =
        new Augmentation(
            true, 2, true, 90, new ColourJitter(strength, strength, strength, strength));
    BatchPixels feeder = new BatchPixels(SET.train(), CROPPED, all, seed);
    BatchPixels trainer = new BatchPixels(SET.train(), CROPPED, all, seed);

    byte[] forwards = copy(feeder, epoch, first, second);
    byte[] backwards = copy(trainer, epoch, second, first);

    int size = CROPPED.size();
    assertThat(Arrays.copyOf(forwards, size))
        .isEqualTo(Arrays.copyOfRange(backwards, size, 2 * size))
        .isEqualTo(copy(trainer, epoch, first));
    assertThat(Arrays.copyOfRange(forwards, size, 2 * size)).isEqualTo(copy(feeder, epoch, second));
  }

  @Property(tries = 50)
  void copy_otherSeedExampleOrEpoch_isAnother(
      @ForAll long seed, @ForAll @IntRange(max = 1000) int epoch) {
    Augmentation turned = new Augmentation(false, 0, false, 180, none());
    LabelledImages same = cropped().train();
    int size = CROPPED.size();
    for (int id = 1; id < EXAMPLES; id++) {
      System.arraycopy(same.pixels(), 0, same.pixels(), id * size, size);
    }
    BatchPixels pixels = new BatchPixels(same, CROPPED, turned, seed);

    // Of several images: two angles alone may be so close that they give the same bytes.
    assertThat(copy(pixels, epoch, 0, 1, 2, 3))
        .isNotEqualTo(copy(pixels, epoch, 4, 5, 6, 7))
        .isNotEqualTo(copy(pixels, epoch + 1, 0, 1, 2, 3))
        .isNotEqualTo(copy(new BatchPixels(same, CROPPED, turned, seed + 1), epoch, 0, 1, 2, 3));
  }

  @Property(tries = 20)
  void copy_noAugmentation_isTheImages(@ForAll @IntRange(max = 100) int epoch) {
    DataSet cropped = cropped();
    assertThat(copy(BatchPixels.unchanged(cropped.train()), epoch, 3, 1))
        .startsWith(image(cropped.train(), 3))
        .endsWith(image(cropped.train(), 1));
  }

  @Property(tries = 50)
  void copy_randomCrop_isAWindowOfTheRawImage(
      @ForAll long seed, @ForAll @IntRange(max = EXAMPLES - 1) int id) {
    Augmentation crop = new Augmentation(true, 0, false, 0, none());
    byte[] made = copy(new BatchPixels(SET.train(), CROPPED, crop, seed), 0, id);
    byte[] raw = image(SET.train(), id);
    boolean found = false;
    for (int top = 0; top <= 2; top++) {
      for (int left = 0; left <= 2; left++) {
        found |= Arrays.equals(made, window(raw, top, left));
      }
    }
    assertThat(found).isTrue();
  }

  @Example
  void feed_labelConditionAndRandomCrop_keepsEachLabelWhileImagesChange() {
    DataSet cropped = cropped();
    Seeds seeds = Seeds.derivedFrom(5);
    LabelledImages train =
        Corruption.corruptTrain(cropped, Condition.of(ConditionKind.RANDOM_LABELS, 1), seeds);
    Augmentation crop = new Augmentation(true, 0, true, 0, none());
    BatchPixels pixels = new BatchPixels(SET.train(), CROPPED, crop, seeds.augmentation());
    Feed feed = new Feed(train.labels(), pixels, new BatchOrder(EXAMPLES, 6, seeds.order()));
    Map<Integer, byte[]> seen = new HashMap<>();
    int changed = 0;
    for (int sequence = 0; sequence < 5 * feed.batchesPerEpoch(); sequence++) {
      FeedBatch batch = feed.batch(sequence);
      for (int i = 0; i < batch.ids().length; i++) {
        int id = batch.ids()[i];
        assertThat(batch.labels()[i]).isEqualTo(train.labels()[id]);
        byte[] image = slice(batch.pixels(), i);
        assertThat(image).isEqualTo(copy(pixels, batch.epoch(), id));
        byte[] before = seen.put(id, image);
        changed += before == null || Arrays.equals(before, image) ? 0 : 1;
      }
    }
    // Of 18 equally likely ones, an image follows itself 4.4 times in 80 on average.
    assertThat(changed).isBetween(60, 80);
    assertThat(SET.train().labels()).isNotEqualTo(train.labels());
  }

  @Example
  void feed_pixelConditionAndPaddedCrop_movesTheImageThatTheConditionFixed() {
    Seeds seeds = Seeds.derivedFrom(5);
    LabelledImages train =
        Corruption.corruptTrain(cropped(), Condition.of(ConditionKind.GAUSSIAN, 1), seeds);
    Augmentation crop = new Augmentation(true, 1, false, 0, none());
    BatchPixels pixels = new BatchPixels(train, CROPPED, crop, seeds.augmentation());
    boolean unmoved = false;
    for (int epoch = 0; epoch < 60; epoch++) {
      unmoved |= Arrays.equals(copy(pixels, epoch, 7), image(train, 7));
    }
    assertThat(crop.needsUncropped(ConditionKind.GAUSSIAN)).isFalse();
    assertThat(unmoved).as("one of the nine windows is the image itself").isTrue();
  }

  private static ColourJitter none() {
    return new ColourJitter(0, 0, 0, 0);
  }

  private static DataSet cropped() {
    return CentreCrop.apply(SET, CROP);
  }

  private static byte[] copy(BatchPixels pixels, int epoch, int... ids) {
    byte[] into = new byte[pixels.bytes(ids.length)];
    pixels.copy(ids, epoch, into);
    return into;
  }

  private static byte[] slice(byte[] pixels, int index) {
    return Arrays.copyOfRange(pixels, index * CROPPED.size(), (index + 1) * CROPPED.size());
  }

  private static byte[] image(LabelledImages images, int id) {
    int size = images.shape().size();
    return Arrays.copyOfRange(images.pixels(), id * size, (id + 1) * size);
  }

  private static byte[] window(byte[] raw, int top, int left) {
    byte[] window = new byte[CROPPED.size()];
    for (int i = 0; i < window.length; i++) {
      int channel = i / CROPPED.area();
      int row = i % CROPPED.area() / CROP;
      window[i] = raw[channel * RAW.area() + (top + row) * RAW.width() + left + i % CROP];
    }
    return window;
  }

  private static LabelledImages random(int examples, long seed) {
    CounterRandom random = CounterRandom.of(seed, RandomStream.SUBSET);
    byte[] pixels = new byte[examples * RAW.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.below(0, i, 256);
    }
    int[] labels = new int[examples];
    Arrays.setAll(labels, i -> random.below(1, i, 10));
    return new LabelledImages(RAW, 10, pixels, labels);
  }
}
