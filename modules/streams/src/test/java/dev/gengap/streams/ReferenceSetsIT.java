package dev.gengap.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.Hashes;
import dev.gengap.protocol.v1.ReferenceManifest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class ReferenceSetsIT {
  private static final ReferenceSet.Shape SHAPE =
      new ReferenceSet.Shape(3, 20, 10, 10, "per-image-whitening");

  @Test
  void publish_largeSet_isFetchedByContent(BrokerConnection connection) {
    ReferenceSet set = set(4000, 1, 1);
    try (var sets = ReferenceSets.open(connection);
        var elsewhere = ReferenceSets.open(connection)) {
      ReferenceManifest manifest = sets.publish(set);
      ReferenceSet fetched = elsewhere.fetch(manifest.getContent());

      assertThat(manifest.getChunks()).isEqualTo(3);
      assertThat(fetched.shape()).isEqualTo(SHAPE);
      assertThat(fetched.images()).isEqualTo(set.images());
      assertThat(fetched.labels()).isEqualTo(set.labels());
    }
  }

  @Test
  void publish_sameContentAgain_writesNothing(BrokerConnection connection) {
    ReferenceSet set = set(10, 1, 1);
    try (var sets = ReferenceSets.open(connection);
        var elsewhere = ReferenceSets.open(connection);
        var tail = RecordTail.open(connection, RecordTypes.REFERENCES)) {
      ReferenceManifest manifest = sets.publish(set);

      assertThat(elsewhere.publish(set)).isEqualTo(manifest);
      assertThat(tail.readToEnd()).containsExactly(manifest);
    }
  }

  @Test
  void publish_otherLabels_sharesTheImages(BrokerConnection connection) {
    try (var sets = ReferenceSets.open(connection)) {
      ReferenceManifest clean = sets.publish(set(10, 1, 1));
      ReferenceManifest random = sets.publish(set(10, 2, 1));
      ReferenceManifest others = sets.publish(set(10, 1, 2));

      assertThat(random.getContent()).isNotEqualTo(clean.getContent());
      assertThat(random.getFirstOffset()).isEqualTo(clean.getFirstOffset());
      assertThat(others.getFirstOffset()).isNotEqualTo(clean.getFirstOffset());
      assertThat(sets.fetch(random.getContent()).labels()).isEqualTo(set(10, 2, 1).labels());
      assertThat(sets.labels(random.getContent())).isEqualTo(set(10, 2, 1).labels());
    }
  }

  @Test
  void publish_sameImagesFromTwoWritersAtOnce_canBothBeFetched(BrokerConnection connection) {
    ReferenceSet one = set(8000, 1, 7);
    ReferenceSet other = set(8000, 2, 7);
    CompletableFuture<ReferenceManifest> first =
        CompletableFuture.supplyAsync(() -> publishAlone(connection, one));
    CompletableFuture<ReferenceManifest> second =
        CompletableFuture.supplyAsync(() -> publishAlone(connection, other));

    try (var sets = ReferenceSets.open(connection)) {
      assertThat(sets.fetch(first.join().getContent()).images()).isEqualTo(one.images());
      assertThat(sets.fetch(second.join().getContent()).images()).isEqualTo(other.images());
    }
  }

  private static ReferenceManifest publishAlone(BrokerConnection connection, ReferenceSet set) {
    try (var sets = ReferenceSets.open(connection)) {
      return sets.publish(set);
    }
  }

  @Test
  void fetch_unknownContent_isRefused(BrokerConnection connection) {
    String content = Hashes.sha256("nothing");
    try (var sets = ReferenceSets.open(connection)) {
      assertThatThrownBy(() -> sets.fetch(content))
          .isInstanceOf(StreamException.class)
          .hasMessage("reference set: " + content + " (expected: one that was published)");
    }
  }

  private static ReferenceSet set(int examples, int labelSalt, int imageSalt) {
    byte[] labels = new byte[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = (byte) ((i * labelSalt) % 10);
    }
    byte[] images = new byte[examples * SHAPE.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) (i * 11 + i / 239 + imageSalt);
    }
    return new ReferenceSet(SHAPE, labels, images);
  }
}
