package dev.gengap.actors;

import dev.gengap.data.LabelledImages;
import dev.gengap.data.Preprocessing.Scaling;
import dev.gengap.data.feed.BatchOrder;
import dev.gengap.data.feed.BatchPixels;
import dev.gengap.data.preprocess.PixelScaling;
import dev.gengap.experiment.Feed;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.LaneReader;
import dev.gengap.training.Minibatch;
import dev.gengap.training.MinibatchSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A feeder and a trainer's end of its lane in one process: minibatches go to the broker and come
 * back as they do in an experiment, for measurements of what that costs.
 *
 * <p>Ownership: a thread of its own feeds, another reads ahead; the caller's thread takes the
 * minibatches, and closes. Failure of either thread is thrown from {@link #next}.
 */
public final class LaneFeed implements MinibatchSource, AutoCloseable {
  private static final LaneAddress ADDRESS = new LaneAddress("bench", 1, 0);

  private final WorkThread feeding = new WorkThread("gengap-feeder");
  private final LaneFeeder feeder;
  private final LanePrefetcher prefetcher;
  private final int reportEvery;
  private final long recordBytes;
  private CompletableFuture<Void> fed = CompletableFuture.completedFuture(null);
  private volatile boolean closed;
  private long taken;

  /**
   * Starts to feed minibatches of {@code batch} examples into lane 0, which must exist.
   *
   * @param images the training set, held on both sides
   */
  public LaneFeed(BrokerConnection broker, LabelledImages images, int batch, Feed feed) {
    BatchOrder order = new BatchOrder(images.size(), batch, 1);
    FeedSource.Prepared source =
        new FeedSource.Prepared(new dev.gengap.data.feed.Feed(images, order), order, null);
    recordBytes = new BatchRecords(ADDRESS, source, feed.payload()).of(0).getSerializedSize();
    feeder = new LaneFeeder(ADDRESS, source, broker, feed, OptionalLong.empty());
    PixelScaling scaling = new PixelScaling(Scaling.PER_IMAGE_WHITENING, images.shape().size());
    prefetcher =
        new LanePrefetcher(
            "gengap-lane",
            () -> {
              LaneReader reader = LaneReader.open(broker, ADDRESS.lane());
              reader.assign(ADDRESS.run(), ADDRESS.incarnation(), 0);
              return reader;
            },
            new BatchDecoder(images.labels(), BatchPixels.unchanged(images), scaling),
            () -> fed.isCompletedExceptionally());
    reportEvery = Math.max(1, feed.window() / 4);
    consumed(0);
  }

  /** Size of the record of a full minibatch [bytes]. */
  public long recordBytes() {
    return recordBytes;
  }

  @Override
  public Minibatch next() throws InterruptedException {
    Minibatch minibatch = prefetcher.next();
    taken++;
    if (taken % reportEvery == 0) {
      consumed(taken);
    }
    return minibatch;
  }

  private void consumed(long nextSequence) {
    fed =
        feeding.run(
            () -> {
              feeder.consumed(nextSequence);
              boolean more = true;
              while (more && !closed) {
                more = feeder.sendSome();
              }
            });
  }

  @Override
  public void close() {
    closed = true;
    prefetcher.close();
    CompletableFuture<Void> ended = feeding.run(feeder::close);
    feeding.close();
    ended.join();
  }
}
