package dev.gengap.actors;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.ConfigFactory;
import dev.gengap.protocol.v1.ExperimentHeader;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.RecordLog;
import dev.gengap.streams.RecordTail;
import dev.gengap.streams.RecordTypes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An experiment at work in this process: feeders, trainers, measure groups and the recorder under
 * one experiment actor.
 *
 * <p>Safe for any thread. Ownership: closes what it opened, and ends its threads, before {@link
 * #await} returns; broker connection and run folder stay the caller's. Failure: what breaks a part
 * all runs need stops the experiment cleanly and is thrown from {@link #await}; so is what the user
 * has to mend, as a {@link dev.gengap.core.UserError}.
 */
public final class ExperimentSystem implements AutoCloseable {
  private final ActorSystem<GuardianActor.Stop> system;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private ExperimentSystem(ExperimentSetup setup, RunStates states) {
    system =
        ActorSystem.create(
            GuardianActor.create(
                setup, states, Optional.empty(), cause -> failure.compareAndSet(null, cause)),
            "gengap",
            ConfigFactory.load(ConfigFactory.parseResources("gengap-actors.conf")));
  }

  /** Publishes what the experiment is, and begins with the runs that are not finished. */
  public static ExperimentSystem start(ExperimentSetup setup) {
    BrokerConnection broker = setup.workplace().broker();
    publishHeader(setup);
    List<RunState> known;
    try (RecordTail<RunState> tail = RecordTail.open(broker, RecordTypes.RUN_STATES)) {
      known = tail.readToEnd();
    }
    RecordLog<RunState> log = RecordLog.open(broker, RecordTypes.RUN_STATES);
    try {
      ExperimentSystem started =
          new ExperimentSystem(setup, new RunStates(states -> append(log, states), known));
      started.system.getWhenTerminated().whenComplete((done, broken) -> started.end(log, broken));
      return started;
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** Asks the runs in hand to stop cleanly; {@link #await} returns once they have. */
  public void stop() {
    system.tell(GuardianActor.Stop.INSTANCE);
  }

  /** Whether the experiment has come to its end, or broken off. */
  public boolean isEnded() {
    return ended.isDone();
  }

  /**
   * Waits for the end.
   *
   * @throws RuntimeException what broke the experiment off, if something did
   */
  public void await() {
    try {
      ended.join();
    } catch (CompletionException e) {
      throw Causes.unchecked(e);
    }
  }

  /** Stops what is not at its end yet and waits for it, whatever its outcome. */
  @Override
  public void close() {
    stop();
    ended.handle((done, broken) -> null).join();
  }

  private void end(RecordLog<RunState> log, Throwable broken) {
    try {
      log.close();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
    failure.compareAndSet(null, broken);
    if (failure.get() == null) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(failure.get());
    }
  }

  private static void append(RecordLog<RunState> log, List<RunState> states) {
    states.forEach(log::append);
    log.flush();
  }

  private static void publishHeader(ExperimentSetup setup) {
    try (RecordLog<ExperimentHeader> log =
        RecordLog.open(setup.workplace().broker(), RecordTypes.EXPERIMENT)) {
      log.append(Records.header(setup.experiment()));
      log.flush();
    }
  }
}
