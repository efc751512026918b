package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.google.protobuf.UnsafeByteOperations;
import dev.gengap.data.feed.Feed;
import dev.gengap.data.feed.FeedBatch;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.Minibatch;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.LaneWriter;
import java.util.Arrays;

/**
 * Streams the feed of one assignment into its lane, at most a window of minibatches ahead of the
 * trainer, and deletes what the trainer has consumed.
 *
 * <p>Ownership: opens the lane writer, and closes it when it stops. Runs on a thread of its own,
 * since it waits for the disk and for Kafka. Ordering: minibatches leave in sequence; any can be
 * made again, so a restarted feeder begins where its trainer stands. Failure: an exception ends the
 * actor and its parent, who watches it, assigns the run anew.
 */
final class FeederActor extends AbstractBehavior<FeederActor.Command> {
  /** Minibatches sent between two looks at the mailbox. */
  private static final int BURST = 8;

  /** What a feeder is asked. */
  sealed interface Command {}

  /** The reference sets are to be published; the answer says what the trainer needs to know. */
  record Prepare(ActorRef<Prepared> replyTo) implements Command {}

  /** The trainer wants minibatch {@code nextSequence} and has no use for those below. */
  record Consumed(long nextSequence) implements Command {}

  /** The run needs no more minibatches. */
  enum Stop implements Command {
    INSTANCE
  }

  private enum SendMore implements Command {
    INSTANCE
  }

  /**
   * The feed is ready to flow.
   *
   * @param run the run it feeds
   * @param incarnation the assignment it feeds
   * @param references content hashes of the corrupted training set and the test set
   * @param batchesPerEpoch minibatches in one epoch
   */
  record Prepared(String run, int incarnation, ReferenceHashes references, int batchesPerEpoch) {}

  private final RunAssignment assignment;
  private final FeedSource source;
  private final int window;
  private final LaneWriter lane;
  private Feed feed;
  private long wanted;
  private long next;
  private boolean sending;

  static Behavior<Command> create(
      RunAssignment assignment, FeedSource source, BrokerConnection broker, int window) {
    return Behaviors.setup(context -> new FeederActor(context, assignment, source, broker, window));
  }

  private FeederActor(
      ActorContext<Command> context,
      RunAssignment assignment,
      FeedSource source,
      BrokerConnection broker,
      int window) {
    super(context);
    this.assignment = assignment;
    this.source = source;
    this.window = window;
    this.lane = LaneWriter.open(broker, assignment.slot());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Prepare.class, this::onPrepare)
        .onMessage(Consumed.class, this::onConsumed)
        .onMessageEquals(SendMore.INSTANCE, this::onSendMore)
        .onMessageEquals(Stop.INSTANCE, Behaviors::stopped)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onPrepare(Prepare message) {
    FeedSource.Prepared prepared = source.prepare(assignment.plan().config());
    feed = prepared.feed();
    message
        .replyTo()
        .tell(
            new Prepared(
                assignment.run(),
                assignment.incarnation(),
                prepared.references(),
                feed.batchesPerEpoch()));
    return this;
  }

  private Behavior<Command> onConsumed(Consumed message) {
    wanted = Math.max(wanted, message.nextSequence());
    next = Math.max(next, wanted);
    lane.deleteConsumed(assignment.run(), assignment.incarnation(), wanted);
    return sending ? this : onSendMore();
  }

  private Behavior<Command> onSendMore() {
    long end = Math.min(wanted + window, next + BURST);
    while (next < end) {
      lane.send(minibatch(feed.batch(next)));
      next++;
    }
    sending = next < wanted + window;
    if (sending) {
      getContext().getSelf().tell(SendMore.INSTANCE);
    }
    return this;
  }

  private Minibatch minibatch(FeedBatch batch) {
    return Minibatch.newBuilder()
        .setSchemaVersion(SchemaVersion.CURRENT)
        .setRun(assignment.run())
        .setIncarnation(assignment.incarnation())
        .setSequence(batch.sequence())
        .setEpoch(batch.epoch())
        .setLastOfEpoch(batch.lastOfEpoch())
        .addAllExampleIds(() -> Arrays.stream(batch.ids()).iterator())
        .addAllLabels(() -> Arrays.stream(batch.labels()).iterator())
        .setPixels(UnsafeByteOperations.unsafeWrap(batch.pixels()))
        .build();
  }

  private Behavior<Command> onPostStop() {
    lane.close();
    return this;
  }
}
