package dev.gengap.actors;

import dev.gengap.data.ContentHash;
import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.condition.Corruption;
import dev.gengap.data.feed.BatchOrder;
import dev.gengap.data.feed.Feed;
import dev.gengap.experiment.RunConfig;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.ReferenceSet;
import dev.gengap.streams.ReferenceSets;

/**
 * Makes the feeds of runs, and publishes the sets they are evaluated on.
 *
 * <p>Safe for any thread.
 */
final class FeedSource {
  private final BrokerConnection broker;
  private final DataLibrary library;

  /** A feed and the hashes of its reference sets. */
  record Prepared(Feed feed, ReferenceHashes references) {}

  FeedSource(BrokerConnection broker, DataLibrary library) {
    this.broker = broker;
    this.library = library;
  }

  /**
   * Loads the run's data, applies its condition, and publishes the reference sets not yet there.
   *
   * @throws dev.gengap.core.UserError if the data cannot be read
   */
  Prepared prepare(RunConfig config) {
    DataSet cropped = library.load(config);
    LabelledImages train = Corruption.corruptTrain(cropped, config.condition(), config.seeds());
    LabelledImages test = Corruption.corruptTest(cropped, config.condition(), config.seeds());
    BatchOrder order =
        new BatchOrder(train.size(), config.training().sgd().batchSize(), config.seeds().order());
    String scaling = config.preprocessing().scaling().key();
    ReferenceHashes references = publish(reference(train, scaling), reference(test, scaling));
    return new Prepared(new Feed(train, order), references);
  }

  /** One run at a time, so that runs which share a set find it published. */
  private synchronized ReferenceHashes publish(ReferenceSet train, ReferenceSet test) {
    try (ReferenceSets references = ReferenceSets.open(broker)) {
      return new ReferenceHashes(
          references.publish(train).getContent(), references.publish(test).getContent());
    }
  }

  private static ReferenceSet reference(LabelledImages images, String scaling) {
    ImageShape shape = images.shape();
    return new ReferenceSet(
        new ReferenceSet.Shape(
            shape.channels(), shape.height(), shape.width(), images.classes(), scaling),
        ContentHash.labelBytes(images),
        images.pixels());
  }
}
