package dev.gengap.actors;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.measures.api.Measure;
import dev.gengap.protocol.v1.Measurement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A measure group at work in this process for an experiment that another one runs, or ran: it
 * measures every snapshot there is, of whatever run, and those that come.
 *
 * <p>Safe for any thread. Ownership: closes what it opened, and ends its threads, before {@link
 * #await} returns; the workplace stays the caller's. Failure: what breaks the group off is thrown
 * from {@link #await}.
 */
public final class AttachedGroup implements AutoCloseable {
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final ActorSystem<Stop> system;

  /** End at once, whatever is left to measure. */
  private enum Stop {
    INSTANCE
  }

  private AttachedGroup(
      Workplace workplace,
      MeasureGroup group,
      List<Measure> measures,
      Consumer<List<Measurement>> published) {
    GroupSetup setup = new GroupSetup(group, measures, run -> true, workplace, end, published);
    system =
        ActorSystem.create(
            guardian(setup),
            "gengap",
            ConfigFactory.load(ConfigFactory.parseResources("gengap-actors.conf")));
    system.getWhenTerminated().whenComplete((done, broken) -> end(broken));
  }

  /**
   * Begins to measure.
   *
   * @param measures those {@code group} names
   * @param published hears of the measurements of each snapshot once they are on Kafka, on a thread
   *     of the group's
   */
  public static AttachedGroup start(
      Workplace workplace,
      MeasureGroup group,
      List<Measure> measures,
      Consumer<List<Measurement>> published) {
    return new AttachedGroup(workplace, group, measures, published);
  }

  /** Lets the group end once it has measured every snapshot that is there now. */
  public void finish() {
    end.complete(null);
  }

  /** Whether it has come to its end, or broken off. */
  public boolean isEnded() {
    return ended.isDone();
  }

  /**
   * Waits for the end.
   *
   * @throws RuntimeException what broke the group off, if something did
   */
  public void await() {
    try {
      ended.join();
    } catch (CompletionException e) {
      throw Causes.unchecked(e);
    }
  }

  /** Asks it to end after the measure in hand; {@link #await} returns once it has. */
  public void stop() {
    system.tell(Stop.INSTANCE);
  }

  /** Ends it after the measure in hand and waits for that, whatever its outcome. */
  @Override
  public void close() {
    stop();
    ended.handle((done, broken) -> null).join();
  }

  private Behavior<Stop> guardian(GroupSetup setup) {
    return Behaviors.setup(
        context -> {
          context.watch(
              context.spawn(
                  Restarting.of(MeasureGroupActor.create(setup), GuardianActor.BLOCKING),
                  "measures"));
          return Behaviors.receive(Stop.class)
              .onMessageEquals(Stop.INSTANCE, Behaviors::stopped)
              .onSignal(ChildFailed.class, this::onFailed)
              .onSignal(Terminated.class, signal -> Behaviors.stopped())
              .build();
        });
  }

  private Behavior<Stop> onFailed(ChildFailed signal) {
    failure.compareAndSet(null, Causes.of(signal.getCause()));
    return Behaviors.stopped();
  }

  private void end(Throwable broken) {
    failure.compareAndSet(null, broken);
    if (failure.get() == null) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(failure.get());
    }
  }
}
