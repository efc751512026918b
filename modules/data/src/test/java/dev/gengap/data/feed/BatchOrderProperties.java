package dev.gengap.data.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BatchOrderProperties {

  @Property(tries = 200)
  void idsOf_oneEpoch_holdsEachIdOnce(
      @ForAll @IntRange(min = 1, max = 300) int examples,
      @ForAll @IntRange(min = 1, max = 400) int batchSize,
      @ForAll @IntRange(max = 5) int epoch,
      @ForAll long seed) {
    BatchOrder order = new BatchOrder(examples, batchSize, seed);
    long first = (long) epoch * order.batchesPerEpoch();
    List<Integer> ids = new ArrayList<>();
    for (int batch = 0; batch < order.batchesPerEpoch(); batch++) {
      boolean last = batch == order.batchesPerEpoch() - 1;
      int[] batchIds = order.idsOf(first + batch);
      assertThat(batchIds.length)
          .isEqualTo(last ? examples - batch * batchSize : batchSize)
          .isPositive();
      assertThat(order.epochOf(first + batch)).isEqualTo(epoch);
      assertThat(order.lastOfEpoch(first + batch)).isEqualTo(last);
      for (int id : batchIds) {
        ids.add(id);
      }
    }
    assertThat(ids).doesNotHaveDuplicates().hasSize(examples);
    assertThat(ids).allMatch(id -> id >= 0 && id < examples);
  }

  @Property(tries = 50)
  void idsOf_anyOrderOfAsking_isTheSame(
      @ForAll long seed, @ForAll @IntRange(max = 100) int sequence) {
    BatchOrder fresh = new BatchOrder(50, 7, seed);
    BatchOrder used = new BatchOrder(50, 7, seed);
    int[] elsewhere = used.idsOf(100 - sequence);
    assertThat(elsewhere).isNotEmpty();
    assertThat(used.idsOf(sequence)).isEqualTo(fresh.idsOf(sequence));
  }

  @Example
  void idsOf_otherEpochOrSeed_isAnotherOrder() {
    BatchOrder order = new BatchOrder(100, 100, 1);
    assertThat(order.idsOf(0)).isNotEqualTo(order.idsOf(1));
    assertThat(order.idsOf(0)).isNotEqualTo(new BatchOrder(100, 100, 2).idsOf(0));
  }

  @Example
  void idsOf_givenSeed_isTheSameOrderOnEveryMachine() {
    BatchOrder order = new BatchOrder(10, 4, 1);
    assertThat(order.idsOf(0)).containsExactly(2, 8, 7, 1);
    assertThat(order.idsOf(5)).containsExactly(3, 1);
  }

  @Example
  void idsOf_negativeSequence_isRefused() {
    assertThatThrownBy(() -> new BatchOrder(10, 5, 1).idsOf(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sequence: -1 (expected: ≥ 0)");
  }

  @Example
  void batch_anySequence_holdsTheExamplesOfItsIds() {
    byte[] pixels = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};
    LabelledImages images =
        new LabelledImages(new ImageShape(1, 1, 2), 10, pixels, new int[] {9, 8, 7, 6, 5});
    Feed feed = new Feed(images, new BatchOrder(5, 2, 3));
    FeedBatch batch = feed.batch(5);
    assertThat(batch.sequence()).isEqualTo(5);
    assertThat(batch.epoch()).isEqualTo(1);
    assertThat(batch.lastOfEpoch()).isTrue();
    assertThat(batch.ids()).isEqualTo(new BatchOrder(5, 2, 3).idsOf(5)).hasSize(1);
    int id = batch.ids()[0];
    assertThat(batch.labels()).containsExactly(9 - id);
    assertThat(batch.pixels()).containsExactly(id, id);
  }

  @Example
  void feed_orderOverAnotherSize_isRefused() {
    LabelledImages images =
        new LabelledImages(new ImageShape(1, 1, 1), 10, new byte[2], new int[2]);
    assertThatThrownBy(() -> new Feed(images, new BatchOrder(3, 1, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch order: over 3 examples (expected: 2)");
  }
}
