package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.data.feed.Feed;
import dev.gengap.data.feed.FeedBatch;
import dev.gengap.experiment.Feed.Payload;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class FeedSourceIT {
  private static final String TEXT =
      """
      data { set = generated, train = 60, test = 20 }
      preprocessing.crop = 24
      network = mlp-1x8
      training { batch-size = 60 }
      """;
  private static final String AUGMENTED =
      """
      condition.kind = random-labels
      augmentation { random-crop = true, flip = true, rotation = 25, brightness = 0.4 }
      """;

  @TempDir private Path dir;

  @Test
  void prepare_augmentedRun_leavesReferenceSetsAndLabelsAsTheyAre(SharedBroker.Running broker) {
    try (Bench plain = Bench.open(broker, dir, "plain", TEXT, "condition.kind = random-labels");
        Bench augmented = Bench.open(broker, dir, "augmented", TEXT, AUGMENTED)) {
      FeedSource.Prepared expected = prepare(plain, new DataLibrary(Optional.empty()));
      FeedSource.Prepared actual = prepare(augmented, new DataLibrary(Optional.empty()));

      assertThat(actual.references()).isEqualTo(expected.references());
      for (long epoch = 0; epoch < 3; epoch++) {
        FeedBatch batch = actual.feed().batch(epoch);
        FeedBatch unchanged = expected.feed().batch(epoch);
        assertThat(batch.ids()).isEqualTo(unchanged.ids());
        assertThat(batch.labels()).isEqualTo(unchanged.labels());
        assertThat(batch.pixels()).hasSameSizeAs(unchanged.pixels());
        assertThat(batch.pixels()).isNotEqualTo(unchanged.pixels());
      }
      assertThat(image(actual.feed(), 0, 7)).isNotEqualTo(image(actual.feed(), 1, 7));
    }
  }

  @Test
  void prepare_libraryThatServedRunsWithoutCrop_givesTheSameMinibatches(
      SharedBroker.Running broker) {
    try (Bench plain = Bench.open(broker, dir, "first", TEXT);
        Bench augmented = Bench.open(broker, dir, "second", TEXT, AUGMENTED)) {
      DataLibrary shared = new DataLibrary(Optional.empty());
      prepare(plain, shared);
      Feed after = prepare(augmented, shared).feed();
      Feed alone = prepare(augmented, new DataLibrary(Optional.empty())).feed();

      assertThat(after.batch(5).pixels()).isEqualTo(alone.batch(5).pixels());
      assertThat(after.batch(1).pixels()).isEqualTo(alone.batch(1).pixels());
    }
  }

  private static FeedSource.Prepared prepare(Bench bench, DataLibrary library) {
    return new FeedSource(new SharedClients(bench.connection()), library)
        .prepare(bench.experiment().runs().get(0).config(), Payload.PIXELS);
  }

  /** Of example {@code id}; an epoch is one minibatch. */
  private static byte[] image(Feed feed, long epoch, int id) {
    FeedBatch batch = feed.batch(epoch);
    int size = feed.pixels().shape().size();
    for (int i = 0; i < batch.ids().length; i++) {
      if (batch.ids()[i] == id) {
        return Arrays.copyOfRange(batch.pixels(), i * size, (i + 1) * size);
      }
    }
    throw new AssertionError("example " + id + " is in no minibatch");
  }
}
