package dev.gengap.actors;

import akka.actor.typed.ActorRef;

/**
 * What a trainer wants from its feeder: told whenever it grows, and again from time to time, since
 * a word may be lost on its way and feeder and trainer would wait for each other.
 *
 * <p>Safe for any thread.
 */
final class FeedDemand {
  private final ActorRef<FeederActor.Command> feeder;
  private volatile long sequence = -1;

  FeedDemand(ActorRef<FeederActor.Command> feeder) {
    this.feeder = feeder;
  }

  /** The trainer is ready for minibatch {@code next}, and needs none below. */
  void from(long next) {
    sequence = next;
    feeder.tell(new FeederActor.Consumed(next));
  }

  /** Tells the feeder once more, if it was told anything. */
  void repeat() {
    long next = sequence;
    if (next >= 0) {
      feeder.tell(new FeederActor.Consumed(next));
    }
  }
}
