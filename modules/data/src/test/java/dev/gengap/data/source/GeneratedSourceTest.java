package dev.gengap.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.data.ContentHash;
import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GeneratedSourceTest {

  @Test
  void load_nothingAsked_hasTheDefaultSizes() {
    DataSet set = load(0, 0, 1);
    assertThat(set.train().size()).isEqualTo(2000);
    assertThat(set.test().size()).isEqualTo(1000);
    assertThat(set.train().shape()).isEqualTo(new ImageShape(1, 28, 28));
    assertThat(set.train().classes()).isEqualTo(10);
  }

  @Test
  void load_seed1_drawsTheSameBytesOnEveryMachine() {
    DataSet set = load(100, 10, 1);
    assertThat(ContentHash.ofSet(set.train()))
        .isEqualTo("85822b10e2a6067ca2c6720b958987c84e816a9ebd2f46e5d413ef4d01b11a9e");
    assertThat(ContentHash.ofSet(set.test()))
        .isEqualTo("f4b1d9e495f0fde2d377308a1fea993d78bebe367536361ed2366ab45e5194d1");
  }

  @Test
  void load_largerSet_beginsWithTheSmaller() {
    LabelledImages small = load(10, 1, 7).train();
    LabelledImages large = load(20, 1, 7).train();
    assertThat(Arrays.copyOf(large.pixels(), small.pixels().length)).isEqualTo(small.pixels());
    assertThat(Arrays.copyOf(large.labels(), 10)).isEqualTo(small.labels());
  }

  @Test
  void load_otherSeedOrSplit_drawsOtherImages() {
    DataSet set = load(10, 10, 7);
    assertThat(set.train().pixels()).isNotEqualTo(set.test().pixels());
    assertThat(set.train().pixels()).isNotEqualTo(load(10, 10, 8).train().pixels());
  }

  @Test
  void load_defaultSet_isLearnableButNotTrivial() {
    DataSet set = load(2000, 300, 1);
    double nearest = nearestNeighbourAccuracy(set.train(), set.test());
    assertThat(nearest).isBetween(0.8, 0.99);
  }

  @Test
  void load_manyExamples_hasAllClassesAboutEquallyOften() {
    int[] counts = new int[10];
    for (int label : load(5000, 1, 3).train().labels()) {
      counts[label]++;
    }
    assertThat(Arrays.stream(counts).boxed()).allMatch(count -> count > 400 && count < 600);
  }

  private static DataSet load(int train, int test, long seed) {
    return DataSets.load("generated", Optional.empty(), new Subset(train, test), seed);
  }

  private static double nearestNeighbourAccuracy(LabelledImages train, LabelledImages test) {
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      int best = 0;
      long least = Long.MAX_VALUE;
      for (int j = 0; j < train.size(); j++) {
        long distance = distance(test.pixels(), i, train.pixels(), j, train.shape().size());
        if (distance < least) {
          least = distance;
          best = j;
        }
      }
      right += train.labels()[best] == test.labels()[i] ? 1 : 0;
    }
    return (double) right / test.size();
  }

  private static long distance(byte[] a, int i, byte[] b, int j, int size) {
    long sum = 0;
    for (int k = 0; k < size; k++) {
      int difference = (a[i * size + k] & 0xFF) - (b[j * size + k] & 0xFF);
      sum += (long) difference * difference;
    }
    return sum;
  }
}
