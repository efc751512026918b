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
  private final Map<String, Examples> kept = new LinkedHashMap<>();

  ReferenceLibrary(BrokerConnection broker) {
    this.sets = ReferenceSets.open(broker);
  }

  /**
   * The examples of the set {@code content}, ready for a network.
   *
   * @throws dev.gengap.streams.StreamException if it was not published, or is damaged
   */
  Examples examples(String content) {
    Examples found = kept.remove(content);
    if (found == null) {
      found = preprocess(sets.fetch(content));
    }
    kept.put(content, found);
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return found;
  }

  private static Examples preprocess(ReferenceSet set) {
    ReferenceSet.Shape shape = set.shape();
    int[] labels = new int[set.labels().length];
    Arrays.setAll(labels, i -> set.labels()[i] & 0xFF);
    ImageShape image = new ImageShape(shape.channels(), shape.height(), shape.width());
    return new PreprocessedExamples(
        new LabelledImages(image, shape.classes(), set.images(), labels),
        Scaling.of(shape.scaling()));
  }

  @Override
  public void close() {
    sets.close();
  }
}
