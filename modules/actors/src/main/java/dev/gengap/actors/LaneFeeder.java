package dev.gengap.actors;

import dev.gengap.experiment.Feed;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.LaneWriter;

/**
 * Sends the minibatches of one assignment into its lane, at most a window ahead of the trainer, and
 * deletes what the trainer has consumed.
 *
 * <p>Confined to one thread, the feeder's. Caller closes.
 */
final class LaneFeeder implements AutoCloseable {
  /** Minibatches sent between two looks at what else there is to do. */
  private static final int BURST = 8;

  private final LaneAddress address;
  private final BatchRecords records;
  private final int window;
  private final LaneWriter lane;
  private long wanted;
  private long next;

  LaneFeeder(LaneAddress address, FeedSource.Prepared source, BrokerConnection broker, Feed feed) {
    this.address = address;
    this.records = new BatchRecords(address, source, feed.payload());
    this.window = feed.window();
    this.lane = LaneWriter.open(broker, address.lane());
  }

  /** The trainer wants minibatch {@code nextSequence} and has no use for those below. */
  void consumed(long nextSequence) {
    wanted = Math.max(wanted, nextSequence);
    next = Math.max(next, wanted);
    lane.deleteConsumed(address.run(), address.incarnation(), wanted);
  }

  /**
   * Sends some minibatches, where the window has room for them.
   *
   * @return whether it has room for more
   */
  boolean sendSome() {
    long end = Math.min(wanted + window, next + BURST);
    while (next < end) {
      lane.send(records.of(next));
      next++;
    }
    return next < wanted + window;
  }

  @Override
  public void close() {
    lane.close();
  }
}
