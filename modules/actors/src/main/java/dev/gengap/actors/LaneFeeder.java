package dev.gengap.actors;

import dev.gengap.experiment.Feed;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.LaneWriter;
import java.util.OptionalLong;

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

  /** Minibatches the run can need at most. */
  private final long most;

  /**
   * Minibatches that are sent together: every trip through Kafka costs, however little it brings.
   */
  private final int refill;

  private final LaneWriter lane;
  private long wanted;
  private long next;
  private boolean filling = true;

  /**
   * @param most minibatches that can be wanted at most; empty if nothing bounds them
   */
  LaneFeeder(
      LaneAddress address,
      FeedSource.Prepared source,
      BrokerConnection broker,
      Feed feed,
      OptionalLong most) {
    this.address = address;
    this.records = new BatchRecords(address, source, feed.payload());
    this.window = feed.window();
    this.most = most.orElse(Long.MAX_VALUE);
    this.refill = Math.max(1, feed.window() / 4);
    this.lane = LaneWriter.open(broker, address.lane());
  }

  /** The trainer wants minibatch {@code nextSequence} and has no use for those below. */
  void consumed(long nextSequence) {
    wanted = Math.max(wanted, nextSequence);
    next = Math.max(next, wanted);
    filling |= end() - next >= refill || end() == most;
    lane.deleteConsumed(address.run(), address.incarnation(), wanted);
  }

  /**
   * Sends some minibatches, where a quarter of the window has come free since it was full.
   *
   * @return whether there are more to send
   */
  boolean sendSome() {
    if (!filling) {
      return false;
    }
    long end = Math.min(end(), next + BURST);
    while (next < end) {
      lane.send(records.of(next));
      next++;
    }
    filling = next < end();
    return filling;
  }

  /** The first minibatch beyond the window, or beyond the run. */
  private long end() {
    return Math.min(wanted + window, most);
  }

  @Override
  public void close() {
    lane.close();
  }
}
