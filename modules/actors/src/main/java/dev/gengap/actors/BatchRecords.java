package dev.gengap.actors;

import com.google.protobuf.UnsafeByteOperations;
import dev.gengap.data.feed.BatchOrder;
import dev.gengap.data.feed.Feed;
import dev.gengap.data.feed.FeedBatch;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.Minibatch;

/**
 * The minibatches of one assignment, as records for its lane.
 *
 * <p>Confined to the feeder, whose feed it asks.
 */
final class BatchRecords {
  private final LaneAddress address;
  private final FeedSource.Prepared source;
  private final Payload payload;

  BatchRecords(LaneAddress address, FeedSource.Prepared source, Payload payload) {
    this.address = address;
    this.source = source;
    this.payload = payload;
  }

  /** Minibatch {@code sequence} of the feed. */
  Minibatch of(long sequence) {
    return switch (payload) {
      case PIXELS -> pixels(source.feed(), sequence);
      case IDS -> ids(source.order(), sequence);
    };
  }

  private Minibatch pixels(Feed feed, long sequence) {
    FeedBatch batch = feed.batch(sequence);
    Minibatch.Builder record = record(sequence, batch.ids());
    record.setEpoch(batch.epoch()).setLastOfEpoch(batch.lastOfEpoch());
    for (int label : batch.labels()) {
      record.addLabels(label);
    }
    return record.setPixels(UnsafeByteOperations.unsafeWrap(batch.pixels())).build();
  }

  private Minibatch ids(BatchOrder order, long sequence) {
    return record(sequence, order.idsOf(sequence))
        .setEpoch(order.epochOf(sequence))
        .setLastOfEpoch(order.lastOfEpoch(sequence))
        .build();
  }

  private Minibatch.Builder record(long sequence, int[] ids) {
    Minibatch.Builder record =
        Minibatch.newBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setRun(address.run())
            .setIncarnation(address.incarnation())
            .setSequence(sequence);
    for (int id : ids) {
      record.addExampleIds(id);
    }
    return record;
  }
}
