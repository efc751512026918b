package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.gengap.experiment.Feed;
import dev.gengap.experiment.RunConfig;
import dev.gengap.streams.BrokerConnection;

/**
 * Streams the feed of one assignment into its lane, at most a window of minibatches ahead of the
 * trainer, and deletes what the trainer has consumed.
 *
 * <p>Ownership: opens the lane, and closes it when it stops. Runs on a thread of its own, since it
 * waits for the disk and for Kafka. Ordering: minibatches leave in sequence; any can be made again,
 * so a restarted feeder begins where its trainer stands. Failure: an exception ends the actor and
 * its parent, who watches it, reports that; then the run is assigned anew.
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
   * @param attempt what it feeds
   * @param references content hashes of the corrupted training set and the test set
   * @param batchesPerEpoch minibatches in one epoch
   */
  record Prepared(Attempt attempt, ReferenceHashes references, int batchesPerEpoch) {}

  private final Attempt attempt;
  private final RunConfig config;
  private final FeedSource source;
  private final BrokerConnection broker;
  private final Feed feed;
  private LaneFeeder lane;
  private boolean sending;

  /** A feeder of {@code attempt} at a run of the experiment that is {@code hosted}. */
  static Behavior<Command> create(Attempt attempt, RunConfig config, Hosted hosted) {
    return Behaviors.setup(context -> new FeederActor(context, attempt, config, hosted));
  }

  private FeederActor(
      ActorContext<Command> context, Attempt attempt, RunConfig config, Hosted hosted) {
    super(context);
    this.attempt = attempt;
    this.config = config;
    this.source = hosted.feeds();
    this.broker = hosted.setup().workplace().broker();
    this.feed = hosted.setup().experiment().feed();
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
    FeedSource.Prepared prepared = source.prepare(config, feed.payload());
    lane = new LaneFeeder(attempt.address(), prepared, broker, feed, config.maxSteps());
    message
        .replyTo()
        .tell(new Prepared(attempt, prepared.references(), prepared.order().batchesPerEpoch()));
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
