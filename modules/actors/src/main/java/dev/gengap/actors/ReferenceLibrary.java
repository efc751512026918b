package dev.gengap.actors;

import dev.gengap.data.Examples;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.Preprocessing.Scaling;
import dev.gengap.data.preprocess.PreprocessedExamples;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.ReferenceSet;
import dev.gengap.streams.ReferenceSets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reference sets by content hash, the few last used kept in memory.
 *
 * <p>Confined to one thread. Caller closes.
 */
final class ReferenceLibrary implements AutoCloseable {
  /** A training and a test set of the run in hand, and of the one before. */
  private static final int KEPT = 4;

  private final ReferenceSets sets;

  /** The one longest unused first. */
  private final Map<String, Entry> kept = new LinkedHashMap<>();

  /**
   * A reference set in memory.
   *
   * @param images as published
   * @param examples the same, ready for a network
   */
  record Entry(LabelledImages images, Examples examples) {}

  ReferenceLibrary(BrokerConnection broker) {
    this.sets = ReferenceSets.open(broker);
  }

  /** The examples of the set {@code content}, ready for a network, as {@link #get} finds it. */
  Examples examples(String content) {
    return get(content).examples();
  }

  /**
   * The set {@code content}, checked against its hash.
   *
   * @throws dev.gengap.streams.StreamException if it was not published, or is damaged
   */
  Entry get(String content) {
    Entry found = kept.remove(content);
    if (found == null) {
      found = entry(sets.fetch(content));
    }
    kept.put(content, found);
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return found;
  }

  /**
   * The labels of the set {@code content}, checked against its hash; its images are not fetched.
   *
   * @throws dev.gengap.streams.StreamException if it was not published, or is damaged
   */
  int[] labels(String content) {
    return labels(sets.labels(content));
  }

  private static int[] labels(byte[] published) {
    int[] labels = new int[published.length];
    Arrays.setAll(labels, i -> published[i] & 0xFF);
    return labels;
  }

  private static Entry entry(ReferenceSet set) {
    ReferenceSet.Shape shape = set.shape();
    LabelledImages images =
        new LabelledImages(
            new ImageShape(shape.channels(), shape.height(), shape.width()),
            shape.classes(),
            set.images(),
            labels(set.labels()));
    return new Entry(images, new PreprocessedExamples(images, Scaling.of(shape.scaling())));
  }

  @Override
  public void close() {
    sets.close();
  }
}
