package dev.gengap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CounterRandomTest {

  @Test
  void philox_knownAnswers_match() {
    assertThat(CounterRandom.philox(0, 0, 0, 0, 0L))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertThat(CounterRandom.philox(-1, -1, -1, -1, -1L))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertThat(
            CounterRandom.philox(
                0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0a4093822L))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Property
  void words_anyBlocks_areThoseOfTheBits(
      @ForAll long seed, @ForAll long id, @ForAll @IntRange(max = 3) int blocks) {
    CounterRandom random = CounterRandom.of(seed, RandomStream.DROPOUT);
    int[] words = new int[13];
    random.words(id, words, blocks);
    for (int i = 0; i < words.length; i++) {
      int expected = (int) (random.bits(id, i / 2) >>> (32 * (i % 2)));
      assertThat(words[i]).isEqualTo(i < 4 * blocks ? expected : 0);
    }
  }

  @Property
  void permutation_anySeed_holdsEachIndexOnce(
      @ForAll long seed, @ForAll @IntRange(max = 200) int n) {
    int[] order = CounterRandom.of(seed, RandomStream.BATCH_ORDER).permutation(3, n);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < n; i++) {
      assertThat(sorted[i]).isEqualTo(i);
    }
  }

  @Property
  void below_anyBound_staysInRange(
      @ForAll long seed, @ForAll long id, @ForAll @IntRange(min = 1) int bound) {
    assertThat(CounterRandom.of(seed, RandomStream.LABEL_CLASS).below(id, 0, bound))
        .isBetween(0, bound - 1);
  }

  @Test
  void below_zeroBound_isRefused() {
    assertThatThrownBy(() -> CounterRandom.of(1, RandomStream.LABEL_CLASS).below(0, 0, 0))
        .hasMessage("bound: 0 (expected: > 0)");
  }

  @Test
  void gaussian_manyDraws_hasUnitVarianceAndNoMean() {
    CounterRandom random = CounterRandom.of(7, RandomStream.GAUSSIAN_PIXELS);
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double z = random.gaussian(i, 0);
      sum += z;
      squares += z * z;
    }
    assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
  }

  @Test
  void bits_otherStreamIdIndexOrSeed_differ() {
    long here = CounterRandom.of(1, RandomStream.LABEL_CLASS).bits(5, 0);
    assertThat(CounterRandom.of(1, RandomStream.LABEL_CORRUPTED).bits(5, 0)).isNotEqualTo(here);
    assertThat(CounterRandom.of(2, RandomStream.LABEL_CLASS).bits(5, 0)).isNotEqualTo(here);
    assertThat(CounterRandom.of(1, RandomStream.LABEL_CLASS).bits(6, 0)).isNotEqualTo(here);
    assertThat(CounterRandom.of(1, RandomStream.LABEL_CLASS).bits(5, 1)).isNotEqualTo(here);
  }
}
