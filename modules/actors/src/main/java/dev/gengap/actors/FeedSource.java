package dev.gengap.actors;

import dev.gengap.data.ContentHash;
import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.condition.Corruption;
import dev.gengap.data.feed.BatchOrder;
import dev.gengap.data.feed.BatchPixels;
import dev.gengap.data.feed.Feed;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.experiment.RunConfig;
import dev.gengap.streams.ReferenceSet;
import dev.gengap.streams.ReferenceSets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the feeds of runs, and publishes the sets they are evaluated on.
 *
 * <p>Safe for any thread.
 */
final class FeedSource {
  private final SharedClients clients;
  private final DataLibrary library;

  /**
   * A feed, confined to one thread.
   *
   * @param order which examples its minibatches hold
   * @param references the hashes of its reference sets
   */
  record Prepared(Feed feed, BatchOrder order, ReferenceHashes references) {}

  /** What {@link ReferenceHashes} are the hashes of; no original set where no label changed. */
  private record Sets(
      LabelledImages train,
      Optional<LabelledImages> original,
      Optional<LabelledImages> uncropped,
      Optional<LabelledImages> heldOut,
      LabelledImages test) {}

  FeedSource(SharedClients clients, DataLibrary library) {
    this.clients = clients;
    this.library = library;
  }

  /**
   * Loads the run's data, applies its condition, and publishes the reference sets not yet there,
   * which no augmentation touches.
   *
   * @param payload of the feed: for ids, all that minibatches are made of is published
   * @throws dev.gengap.core.UserError if the data cannot be read
   */
  Prepared prepare(RunConfig config, Payload payload) {
    DataSet cropped = library.load(config);
    LabelledImages all = Corruption.corruptTrain(cropped, config.condition(), config.seeds());
    LabelledImages test = Corruption.corruptTest(cropped, config.condition(), config.seeds());
    int trained = config.data().trained();
    LabelledImages train = all.range(0, trained);
    LabelledImages heldOut = all.range(trained, all.size());
    int batch = config.training().hyperparameters().batchSize();
    BatchOrder order = new BatchOrder(trained, batch, config.seeds().order());
    BatchPixels pixels = pixels(config, train);
    Optional<LabelledImages> uncropped =
        payload == Payload.IDS && config.needsUncropped()
            ? Optional.of(pixels.source())
            : Optional.empty();
    ReferenceHashes references =
        publish(
            config.preprocessing().scaling().key(),
            new Sets(
                train,
                original(train, cropped.train()),
                uncropped,
                Optional.of(heldOut).filter(images -> images.size() > 0),
                test));
    return new Prepared(new Feed(train.labels(), pixels, order), order, references);
  }

  /** The examples of {@code train}, the first of {@code clean}, with their labels there. */
  private static Optional<LabelledImages> original(LabelledImages train, LabelledImages clean) {
    int[] labels = Arrays.copyOf(clean.labels(), train.size());
    return Arrays.equals(labels, train.labels())
        ? Optional.empty()
        : Optional.of(new LabelledImages(train.shape(), train.classes(), train.pixels(), labels));
  }

  /** Labels are the same before the crop and after it, so only images are taken from before it. */
  private BatchPixels pixels(RunConfig config, LabelledImages train) {
    LabelledImages source =
        config.needsUncropped() ? library.uncropped(config).train().range(0, train.size()) : train;
    return new BatchPixels(
        source, train.shape(), config.augmentation(), config.seeds().augmentation());
  }

  /** One run at a time, so that runs which share a set find it published. */
  private ReferenceHashes publish(String scaling, Sets sets) {
    return clients.withReferences(references -> publish(references, scaling, sets));
  }

  private static ReferenceHashes publish(ReferenceSets references, String scaling, Sets sets) {
    Function<LabelledImages, String> published =
        images -> references.publish(reference(images, scaling)).getContent();
    String train = published.apply(sets.train());
    return new ReferenceHashes(
        train,
        sets.original().map(published).orElse(train),
        sets.uncropped().map(published),
        sets.heldOut().map(published),
        published.apply(sets.test()));
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
