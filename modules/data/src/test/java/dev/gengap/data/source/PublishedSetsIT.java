package dev.gengap.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.data.ContentHash;
import dev.gengap.data.DataSet;
import dev.gengap.data.LabelledImages;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Against the real files, where GENGAP_DATA says that they are. */
@EnabledIfEnvironmentVariable(
    named = "GENGAP_DATA",
    matches = ".+",
    disabledReason = "GENGAP_DATA does not name a folder with the published data sets")
class PublishedSetsIT {

  @Test
  void load_mnist_hasItsKnownLabelsAndCounts() {
    DataSet set = load("mnist", Subset.ALL);
    assertThat(set.train().size()).isEqualTo(60_000);
    assertThat(set.test().size()).isEqualTo(10_000);
    assertThat(set.train().labels()).startsWith(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    assertThat(set.test().labels()).startsWith(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
    assertThat(mean(set.train(), 0)).isBetween(33.31, 33.33);
  }

  @Test
  void load_fashionMnist_hasItsKnownLabelsAndCounts() {
    DataSet set = load("fashion-mnist", Subset.ALL);
    assertThat(set.train().size()).isEqualTo(60_000);
    assertThat(set.train().labels()).startsWith(9, 0, 0, 3, 0, 2, 7, 2, 5, 5);
    assertThat(mean(set.train(), 0)).isBetween(72.9, 73.0);
  }

  @Test
  void load_cifar10_hasItsKnownLabelsAndChannelMeans() {
    DataSet set = load("cifar-10", Subset.ALL);
    assertThat(set.train().size()).isEqualTo(50_000);
    assertThat(set.train().labels()).startsWith(6, 9, 9, 4, 1, 1, 2, 7, 8, 3);
    assertThat(set.test().labels()).startsWith(3, 8, 8, 0, 6, 6, 1, 6, 3, 1);
    assertThat(mean(set.train(), 0)).isBetween(125.2, 125.4);
    assertThat(mean(set.train(), 1)).isBetween(122.9, 123.0);
    assertThat(mean(set.train(), 2)).isBetween(113.8, 113.9);
  }

  @Test
  void load_subsetTwice_hasTheSameContent() {
    LabelledImages once = load("cifar-10", new Subset(100, 1)).train();
    LabelledImages again = load("cifar-10", new Subset(100, 1)).train();
    assertThat(ContentHash.ofSet(once)).isEqualTo(ContentHash.ofSet(again));
  }

  private static DataSet load(String name, Subset subset) {
    return DataSets.load(name, Optional.of(Path.of(System.getenv("GENGAP_DATA"))), subset, 0);
  }

  private static double mean(LabelledImages images, int channel) {
    int area = images.shape().area();
    int size = images.shape().size();
    return IntStream.range(0, images.pixels().length)
        .filter(i -> i % size / area == channel)
        .map(i -> images.pixels()[i] & 0xFF)
        .average()
        .orElseThrow();
  }
}
