package dev.gengap.data.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.core.Seeds;
import dev.gengap.data.Condition;
import dev.gengap.data.Condition.TestLabels;
import dev.gengap.data.ConditionKind;
import dev.gengap.data.ContentHash;
import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CorruptionTest {
  private static final ImageShape SHAPE = new ImageShape(3, 6, 6);
  private static final DataSet SET = SmallSets.random(SHAPE, 40, 20);
  private static final Seeds SEEDS = Seeds.derivedFrom(5);

  @ParameterizedTest
  @EnumSource(ConditionKind.class)
  void corrupt_twice_isTheSameAndLeavesTheSetAlone(ConditionKind kind) {
    byte[] pixels = SET.train().pixels().clone();
    int[] labels = SET.train().labels().clone();
    LabelledImages once = Corruption.corruptTrain(SET, Condition.of(kind, 0.5), SEEDS);
    LabelledImages again = Corruption.corruptTrain(SET, Condition.of(kind, 0.5), SEEDS);
    assertThat(once.pixels()).isEqualTo(again.pixels());
    assertThat(once.labels()).isEqualTo(again.labels());
    assertThat(SET.train().pixels()).isEqualTo(pixels);
    assertThat(SET.train().labels()).isEqualTo(labels);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 52b6de92004c, e14a5dd1f25c",
    "PARTIAL_LABELS, 388b482b01ed, f0c3fccefbe6",
    "RANDOM_LABELS, 2d569deec506, 3d0ef056faee",
    "PERMUTED_LABELS, 58cf15dd3b11, 069188c4656c",
    "SHUFFLED_PIXELS, 03e0c01bf7b1, e8c72800b91f",
    "RANDOM_PIXELS, 25df6438e366, b57f9651682b",
    "GAUSSIAN, c4bd0fab90ff, a8fcad409668"
  })
  void corrupt_givenSeed_givesTheSameBytesOnEveryMachine(
      ConditionKind kind, String train, String test) {
    Condition condition = new Condition(kind, 0.5, false, true, TestLabels.SAME_NOISE);
    assertThat(ContentHash.ofSet(Corruption.corruptTrain(SET, condition, SEEDS))).startsWith(train);
    assertThat(ContentHash.ofSet(Corruption.corruptTest(SET, condition, SEEDS))).startsWith(test);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHUFFLED_PIXELS", "RANDOM_PIXELS", "GAUSSIAN"})
  void imageCondition_labels_stay(ConditionKind kind) {
    Condition condition = new Condition(kind, 1, false, true, TestLabels.SAME_NOISE);
    assertThat(Corruption.corruptTrain(SET, condition, SEEDS).labels())
        .isSameAs(SET.train().labels());
    assertThat(Corruption.corruptTest(SET, condition, SEEDS).labels())
        .isSameAs(SET.test().labels());
    assertThat(Corruption.corruptedMask(3, condition, SEEDS)).containsExactly(true, true, true);
  }

  @Test
  void none_sharesEverything() {
    LabelledImages train = Corruption.corruptTrain(SET, Condition.of(ConditionKind.NONE, 0), SEEDS);
    assertThat(train.pixels()).isSameAs(SET.train().pixels());
    assertThat(train.labels()).isSameAs(SET.train().labels());
    assertThat(Corruption.corruptedMask(2, Condition.of(ConditionKind.NONE, 0), SEEDS))
        .containsExactly(false, false);
  }

  @Test
  void shuffledPixels_bothSplits_moveByOnePermutationOfPositions() {
    Condition condition = Condition.of(ConditionKind.SHUFFLED_PIXELS, 1);
    DataSet numbered = numbered(2);
    byte[] train = Corruption.corruptTrain(numbered, condition, SEEDS).pixels();
    byte[] test = Corruption.corruptTest(numbered, condition, SEEDS).pixels();
    byte[] first = Arrays.copyOf(train, SHAPE.size());
    assertThat(first).isNotEqualTo(Arrays.copyOf(numbered.train().pixels(), SHAPE.size()));
    assertThat(Arrays.copyOfRange(train, SHAPE.size(), 2 * SHAPE.size())).isEqualTo(first);
    assertThat(Arrays.copyOf(test, SHAPE.size())).isEqualTo(first);
    assertPermutation(first, 0);
    assertTriplesTogether(first, 0);
  }

  @Test
  void randomPixels_eachImage_movesByAPermutationOfItsOwn() {
    Condition condition = Condition.of(ConditionKind.RANDOM_PIXELS, 1);
    DataSet numbered = numbered(3);
    byte[] train = Corruption.corruptTrain(numbered, condition, SEEDS).pixels();
    byte[] test = Corruption.corruptTest(numbered, condition, SEEDS).pixels();
    byte[] first = Arrays.copyOf(train, SHAPE.size());
    assertThat(Arrays.copyOfRange(train, SHAPE.size(), 2 * SHAPE.size())).isNotEqualTo(first);
    assertThat(Arrays.copyOf(test, SHAPE.size())).isNotEqualTo(first);
    for (int image = 0; image < 3; image++) {
      assertPermutation(train, image);
      assertTriplesTogether(train, image);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHUFFLED_PIXELS", "RANDOM_PIXELS"})
  void pixelPermutation_permuteChannels_movesChannelsApart(ConditionKind kind) {
    Condition condition = new Condition(kind, 1, true, true, TestLabels.CLEAN);
    byte[] train = Corruption.corruptTrain(numbered(1), condition, SEEDS).pixels();
    assertPermutation(train, 0);
    assertThat(train[SHAPE.area()] - train[0]).isNotEqualTo(SHAPE.area());
  }

  @Test
  void gaussian_perChannel_matchesEachChannelOfTheTrainingSet() {
    DataSet set = channelSet(400);
    LabelledImages noise =
        Corruption.corruptTrain(set, Condition.of(ConditionKind.GAUSSIAN, 1), SEEDS);
    for (int channel = 0; channel < 3; channel++) {
      assertClose(
          PixelStatistics.ofChannel(noise, channel),
          PixelStatistics.ofChannel(set.train(), channel));
    }
    LabelledImages test =
        Corruption.corruptTest(set, Condition.of(ConditionKind.GAUSSIAN, 1), SEEDS);
    assertClose(PixelStatistics.ofChannel(test, 2), PixelStatistics.ofChannel(set.train(), 2));
    assertThat(test.pixels()).isNotEqualTo(noise.pixels());
  }

  @Test
  void gaussian_scalar_matchesTheWholeTrainingSetInEveryChannel() {
    DataSet set = channelSet(400);
    Condition scalar = new Condition(ConditionKind.GAUSSIAN, 1, false, false, TestLabels.CLEAN);
    LabelledImages noise = Corruption.corruptTrain(set, scalar, SEEDS);
    for (int channel = 0; channel < 3; channel++) {
      assertClose(PixelStatistics.ofChannel(noise, channel), PixelStatistics.ofAll(set.train()));
    }
  }

  @Test
  void imageCondition_largerSet_corruptsAnExampleInTheSameWay() {
    DataSet fewer = new DataSet("small", head(SET.train(), 10), SET.test());
    Condition condition = Condition.of(ConditionKind.RANDOM_PIXELS, 1);
    byte[] all = Corruption.corruptTrain(SET, condition, SEEDS).pixels();
    byte[] some = Corruption.corruptTrain(fewer, condition, SEEDS).pixels();
    assertThat(Arrays.copyOf(all, some.length)).isEqualTo(some);
  }

  private static void assertClose(PixelStatistics found, PixelStatistics expected) {
    assertThat(found.mean()).isCloseTo(expected.mean(), within(1.0));
    assertThat(found.std()).isCloseTo(expected.std(), within(1.0));
  }

  private static void assertPermutation(byte[] pixels, int image) {
    byte[] one = Arrays.copyOfRange(pixels, image * SHAPE.size(), (image + 1) * SHAPE.size());
    Arrays.sort(one);
    for (int i = 0; i < one.length; i++) {
      assertThat(one[i]).isEqualTo((byte) i);
    }
  }

  private static void assertTriplesTogether(byte[] pixels, int image) {
    int start = image * SHAPE.size();
    for (int i = 0; i < SHAPE.area(); i++) {
      assertThat(pixels[start + SHAPE.area() + i])
          .isEqualTo((byte) (pixels[start + i] + SHAPE.area()));
    }
  }

  /** Pixel i of every image has the value i. */
  private static DataSet numbered(int examples) {
    byte[] pixels = new byte[examples * SHAPE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % SHAPE.size());
    }
    LabelledImages images = new LabelledImages(SHAPE, 10, pixels, new int[examples]);
    return new DataSet("numbered", images, images);
  }

  /** Channel c holds values about 100 + 20·c with a deviation of 10·(c+1). */
  private static DataSet channelSet(int examples) {
    byte[] pixels = new byte[examples * SHAPE.size()];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i % SHAPE.size() / SHAPE.area();
      int spread = 10 * (channel + 1);
      pixels[i] = (byte) (100 + 20 * channel + (i % 2 == 0 ? spread : -spread));
    }
    LabelledImages images = new LabelledImages(SHAPE, 10, pixels, new int[examples]);
    return new DataSet("channels", images, images);
  }

  private static LabelledImages head(LabelledImages images, int count) {
    return new LabelledImages(
        images.shape(),
        images.classes(),
        Arrays.copyOf(images.pixels(), count * images.shape().size()),
        Arrays.copyOf(images.labels(), count));
  }
}
