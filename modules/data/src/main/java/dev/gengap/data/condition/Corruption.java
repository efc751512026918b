package dev.gengap.data.condition;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.core.Seeds;
import dev.gengap.data.Condition;
import dev.gengap.data.ConditionKind;
import dev.gengap.data.DataSet;
import dev.gengap.data.LabelledImages;
import java.util.Arrays;

/**
 * Applies a condition to a data set that is already cropped (Zhang et al. 2017, section 2.1).
 *
 * <p>Every draw is a function of (seed, example id): labels of {@code seeds.labels()}, images of
 * {@code seeds.pixels()}. So a condition is the same in every epoch, process and restart; an
 * example is corrupted in the same way whatever the size of the set (permuted labels excepted,
 * which depend on the other examples); and label conditions are nested in p. Test examples draw
 * from a stream of their own, so no test image or label shares its noise with a training one;
 * shuffled pixels alone use one permutation for both splits.
 *
 * <p>What a condition leaves alone is shared with the data set it came from, not copied. Safe for
 * any thread.
 */
public final class Corruption {
  private Corruption() {}

  /** The training examples under {@code condition}. */
  public static LabelledImages corruptTrain(DataSet cropped, Condition condition, Seeds seeds) {
    LabelledImages train = cropped.train();
    if (condition.kind().changesLabels()) {
      LabelNoise noise = LabelNoise.ofTraining(seeds.labels());
      return withLabels(train, noise.apply(train.labels(), train.classes(), condition));
    }
    return withPixels(
        train, pixels(train, train, condition, seeds.pixels(), streamOf(condition.kind())));
  }

  /**
   * The test examples under {@code condition}: images as in training, Gaussian noise with the
   * training set's statistics; labels as {@link Condition#testLabels()} says.
   */
  public static LabelledImages corruptTest(DataSet cropped, Condition condition, Seeds seeds) {
    LabelledImages test = cropped.test();
    if (condition.kind().changesLabels()) {
      if (condition.testLabels() == Condition.TestLabels.CLEAN) {
        return test;
      }
      LabelNoise noise = LabelNoise.ofTest(seeds.labels());
      return withLabels(test, noise.apply(test.labels(), test.classes(), condition));
    }
    return withPixels(
        test,
        pixels(test, cropped.train(), condition, seeds.pixels(), RandomStream.TEST_CORRUPTION));
  }

  /**
   * Which of the first {@code examples} training examples the condition was applied to. A redrawn
   * or permuted label counts even where it comes out as it was.
   */
  public static boolean[] corruptedMask(int examples, Condition condition, Seeds seeds) {
    if (condition.kind().changesLabels()) {
      return LabelNoise.ofTraining(seeds.labels())
          .mask(examples, LabelNoise.probability(condition));
    }
    boolean[] mask = new boolean[examples];
    Arrays.fill(mask, condition.kind() != ConditionKind.NONE);
    return mask;
  }

  private static RandomStream streamOf(ConditionKind kind) {
    return kind == ConditionKind.GAUSSIAN
        ? RandomStream.GAUSSIAN_PIXELS
        : RandomStream.RANDOM_PIXELS;
  }

  private static byte[] pixels(
      LabelledImages images,
      LabelledImages train,
      Condition condition,
      long seed,
      RandomStream stream) {
    boolean permuteChannels = condition.permuteChannels();
    return switch (condition.kind()) {
      case SHUFFLED_PIXELS -> PixelNoise.shuffled(images, seed, permuteChannels);
      case RANDOM_PIXELS ->
          PixelNoise.permutedEach(images, CounterRandom.of(seed, stream), permuteChannels);
      case GAUSSIAN ->
          PixelNoise.gaussian(images, CounterRandom.of(seed, stream), noise(train, condition));
      case NONE, PARTIAL_LABELS, RANDOM_LABELS, PERMUTED_LABELS -> images.pixels();
    };
  }

  private static QuantisedGaussian[] noise(LabelledImages train, Condition condition) {
    QuantisedGaussian[] noise = new QuantisedGaussian[train.shape().channels()];
    if (condition.gaussianPerChannel()) {
      Arrays.setAll(noise, c -> new QuantisedGaussian(PixelStatistics.ofChannel(train, c)));
    } else {
      Arrays.fill(noise, new QuantisedGaussian(PixelStatistics.ofAll(train)));
    }
    return noise;
  }

  private static LabelledImages withLabels(LabelledImages images, int[] labels) {
    return new LabelledImages(images.shape(), images.classes(), images.pixels(), labels);
  }

  private static LabelledImages withPixels(LabelledImages images, byte[] pixels) {
    return new LabelledImages(images.shape(), images.classes(), pixels, images.labels());
  }
}
