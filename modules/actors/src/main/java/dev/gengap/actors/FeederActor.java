package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.gengap.experiment.Feed;
import dev.gengap.streams.BrokerConnection;

/**
 * Streams the feed of one assignment into its lane, at most a window of minibatches ahead of the
 * trainer, and deletes what the trainer has consumed.
 *
 * <p>Ownership: opens the lane, and closes it when it stops. Runs on a thread of its own, since it
 * waits for the disk and for Kafka. Ordering: minibatches leave in sequence; any can be made again,
 * so a restarted feeder begins where its trainer stands. Failure: an exception ends the actor and
 * its parent, who watches it, assigns the run anew.
 */
final class FeederActor extends AbstractBehavior<FeederActor.Command> {
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
  private final BrokerConnection broker;
  private final Feed feed;
  private LaneFeeder lane;
  private boolean sending;

  static Behavior<Command> create(
      RunAssignment assignment, FeedSource source, BrokerConnection broker, Feed feed) {
    return Behaviors.setup(context -> new FeederActor(context, assignment, source, broker, feed));
  }

  private FeederActor(
      ActorContext<Command> context,
      RunAssignment assignment,
      FeedSource source,
      BrokerConnection broker,
      Feed feed) {
    super(context);
    this.assignment = assignment;
    this.source = source;
    this.broker = broker;
    this.feed = feed;
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
    FeedSource.Prepared prepared = source.prepare(assignment.plan().config(), feed.payload());
    lane = new LaneFeeder(assignment.address(), prepared, broker, feed);
    message
        .replyTo()
        .tell(
            new Prepared(
                assignment.run(),
                assignment.incarnation(),
                prepared.references(),
                prepared.order().batchesPerEpoch()));
    return this;
  }

  private Behavior<Command> onConsumed(Consumed message) {
    lane.consumed(message.nextSequence());
    return sending ? this : onSendMore();
  }

  private Behavior<Command> onSendMore() {
    sending = lane.sendSome();
    if (sending) {
      getContext().getSelf().tell(SendMore.INSTANCE);
    }
    return this;
  }

  private Behavior<Command> onPostStop() {
    if (lane != null) {
      lane.close();
    }
    return this;
  }
}
