package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.gengap.protocol.v1.Measurement;
import java.time.Duration;
import java.util.List;

/**
 * Measures for one group on one node, a snapshot at a time, as the group orders.
 *
 * <p>Ownership: the worker and its thread, which it waits for before it ends. An order that comes
 * while another is in hand is taken for a repetition and replaces nothing: the group hears only of
 * the one in hand, and gives the other to somebody else.
 */
final class MeasurerActor extends AbstractBehavior<MeasurerActor.Command> {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** What a measurer is asked. */
  sealed interface Command {}

  /** Measure this snapshot. */
  record Order(long lease, MeasureWorker.Order what, ActorRef<MeasureReport> replyTo)
      implements Command {}

  private record Finished(List<Measurement> published, Throwable failure) implements Command {}

  private enum Tick implements Command {
    INSTANCE
  }

  private final MeasureThread thread;
  private Order current;

  static Behavior<Command> create(GroupSetup setup) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new MeasurerActor(context, timers, setup)));
  }

  private MeasurerActor(
      ActorContext<Command> context, TimerScheduler<Command> timers, GroupSetup setup) {
    super(context);
    this.thread = new MeasureThread(setup);
    timers.startTimerWithFixedDelay(Tick.INSTANCE, INTERVAL);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Order.class, this::onOrder)
        .onMessage(Finished.class, this::onFinished)
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onOrder(Order order) {
    if (current == null) {
      current = order;
      getContext().pipeToSelf(thread.measure(order.what()), Finished::new);
    }
    return this;
  }

  private Behavior<Command> onFinished(Finished message) {
    long lease = current.lease();
    current
        .replyTo()
        .tell(
            message.failure() == null
                ? new MeasureReport.Done(lease)
                : new MeasureReport.Broken(lease, Causes.of(message.failure())));
    current = null;
    return this;
  }

  private Behavior<Command> onTick() {
    if (current != null) {
      current.replyTo().tell(new MeasureReport.Busy(current.lease()));
    }
    return this;
  }

  private Behavior<Command> onPostStop() {
    thread.close();
    return this;
  }
}
