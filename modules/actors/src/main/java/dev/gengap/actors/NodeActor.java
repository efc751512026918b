package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.ServiceKey;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one process does for an experiment: feeds, trains and measures as its coordinator orders.
 *
 * <p>Ownership: parent of the feeders, trainers and measurers of the process; the thread that opens
 * experiments is its own. Ordering: the newest coordinator counts, the one with the highest
 * generation; with its first order everything of earlier ones is dropped. Orders and reports may be
 * lost: the node tells every second what it holds, repeats reports until it is released from them,
 * and the coordinator assigns anew what it finds missing. Failure: whatever ends an attempt is
 * reported; nothing of it ends the node.
 */
final class NodeActor extends AbstractBehavior<NodeActor.Command> {
  /** How coordinators find nodes. */
  static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "gengap-node");

  /** How measure groups find those of them that measure. */
  static final ServiceKey<Command> MEASURING = ServiceKey.create(Command.class, "gengap-measuring");

  private static final Logger LOG = LoggerFactory.getLogger(NodeActor.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** What a node hears; what is public among it, from other processes too. */
  sealed interface Command {}

  /**
   * Work on this experiment for this coordinator.
   *
   * @param generation higher for every coordinator, whatever the experiment
   */
  record Join(ExperimentRef experiment, long generation, ActorRef<NodeReport> coordinator)
      implements Command {}

  /** The coordinator of this generation needs the node no more. */
  record Leave(long generation) implements Command {}

  /** Prepare the feed of an attempt. */
  record Feed(Attempt attempt) implements Command {}

  /**
   * Train a run.
   *
   * @param device index among those the node described
   * @param feeder who wants to know how far the feed is consumed
   * @param from where the run goes on; empty if it begins anew
   */
  record Train(
      Attempt attempt,
      int device,
      ReferenceHashes references,
      int batchesPerEpoch,
      ActorRef<FeederActor.Command> feeder,
      Optional<ResumePoint> from)
      implements Command {}

  /** Stop training after the step in hand. */
  record Stop(Attempt attempt) implements Command {}

  /** What the attempt needs is gone: end it. */
  record Abort(Attempt attempt, Throwable cause) implements Command {}

  /** Nothing more is wanted from the attempt. */
  record Release(Attempt attempt) implements Command {}

  /**
   * Measure a snapshot.
   *
   * @param lease names the order
   * @param group whose measures
   * @param manifest announces the snapshot
   * @param initial announces the same run's step 0, where known
   * @param attempts the measures wanted, each with the number of this attempt
   * @param newestStep the run's newest step
   * @param replyTo hears how it goes
   */
  record Measure(
      long lease,
      String group,
      SnapshotManifest manifest,
      Optional<SnapshotManifest> initial,
      Map<String, Integer> attempts,
      long newestStep,
      ActorRef<MeasureReport> replyTo)
      implements Command {}

  /** The node is about to leave the cluster: end, with a resume point of every run in hand. */
  enum End implements Command {
    INSTANCE
  }

  /** A feeder or trainer of the node said something. */
  record Heard(NodeReport.OfAttempt report) implements Command {}

  private enum Tick implements Command {
    INSTANCE
  }

  private record Opened(long generation, Hosted hosted, Throwable failure) implements Command {}

  private final String address;
  private final Set<Role> roles;
  private final Hosted.Opening opening;
  private final WorkThread opener = new WorkThread("gengap-open");
  private final HeldAttempts attempts;
  private final HeldMeasurers measurers;
  private final List<Hosted> retired = new ArrayList<>();
  private Join joined;
  private Hosted hosted;

  /** The last order that could not be followed: it is repeated, and worth one line. */
  private Join failed;

  /** Why it could not be followed; empty if it could in the end. */
  private String failure = "";

  /**
   * @param address of the process, for people
   * @param roles what it does
   * @param opening finds the experiments it is to work on
   */
  static Behavior<Command> create(String address, Set<Role> roles, Hosted.Opening opening) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new NodeActor(context, timers, address, roles, opening)));
  }

  private NodeActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String address,
      Set<Role> roles,
      Hosted.Opening opening) {
    super(context);
    this.address = address;
    this.roles = Set.copyOf(roles);
    this.opening = opening;
    this.attempts = new HeldAttempts(context, this::report);
    this.measurers = new HeldMeasurers(context);
    timers.startTimerWithFixedDelay(Tick.INSTANCE, INTERVAL);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Join.class, this::onJoin)
        .onMessage(Leave.class, this::onLeave)
        .onMessage(Opened.class, this::onOpened)
        .onMessage(Feed.class, message -> hosting(host -> attempts.feed(message, host)))
        .onMessage(Train.class, message -> hosting(host -> attempts.train(message, host)))
        .onMessage(Measure.class, this::onMeasure)
        .onMessage(Stop.class, message -> then(() -> attempts.stop(message.attempt())))
        .onMessage(Abort.class, message -> then(() -> attempts.abort(message)))
        .onMessage(Release.class, message -> then(() -> attempts.release(message.attempt())))
        .onMessage(Heard.class, message -> then(() -> attempts.heard(message.report())))
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .onMessageEquals(End.INSTANCE, Behaviors::stopped)
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onJoin(Join order) {
    if (joined != null && order.generation() < joined.generation()) {
      return this;
    }
    if (order.equals(joined)) {
      describe();
      return this;
    }
    if (!order.equals(failed)) {
      LOG.info("works on {} for {}", order.experiment().name(), order.coordinator().path());
    }
    drop();
    joined = order;
    getContext()
        .pipeToSelf(
            opener.submit(() -> opening.apply(order.experiment())),
            (opened, failure) -> new Opened(order.generation(), opened, failure));
    return this;
  }

  private Behavior<Command> onLeave(Leave order) {
    if (joined != null && order.generation() >= joined.generation()) {
      drop();
      joined = null;
    }
    return this;
  }

  private Behavior<Command> onOpened(Opened message) {
    boolean wanted = joined != null && joined.generation() == message.generation();
    if (message.failure() != null) {
      Throwable cause = Causes.of(message.failure());
      logFailure(cause);
      if (wanted) {
        failed = joined;
        joined.coordinator().tell(new NodeReport.Unfit(address, cause));
        joined = null;
      }
    } else if (wanted) {
      hosted = message.hosted();
      if (!failure.isEmpty()) {
        failure = "";
        LOG.info("can work on {} now", joined.experiment().name());
      }
      describe();
    } else {
      message.hosted().release().run();
    }
    return this;
  }

  private void logFailure(Throwable cause) {
    if (!String.valueOf(cause).equals(failure)) {
      failure = String.valueOf(cause);
      LOG.warn("cannot work on the experiment", cause);
    }
  }

  private void describe() {
    if (hosted == null) {
      return;
    }
    List<NodeReport.Offered> devices =
        roles.contains(Role.TRAINER)
            ? hosted.setup().workplace().devices().stream()
                .map(offer -> new NodeReport.Offered(offer.device(), offer.slots()))
                .toList()
            : List.of();
    report(new NodeReport.Described(getContext().getSelf(), address, roles, devices));
  }

  /** Ends everything at work for the coordinator so far. */
  private void drop() {
    attempts.releaseAll();
    measurers.stopAll();
    if (hosted != null) {
      retired.add(hosted);
      hosted = null;
      releaseRetired();
    }
  }

  private void releaseRetired() {
    if (attempts.isIdle() && measurers.isIdle()) {
      retired.forEach(host -> host.release().run());
      retired.clear();
    }
  }

  private Behavior<Command> onMeasure(Measure order) {
    if (hosted == null) {
      IllegalStateException cause =
          new IllegalStateException(address + ": experiment: none yet (expected: one joined)");
      order.replyTo().tell(new MeasureReport.Broken(order.lease(), cause));
      return this;
    }
    measurers.measure(order, hosted);
    return this;
  }

  private Behavior<Command> hosting(Consumer<Hosted> work) {
    if (hosted != null) {
      work.accept(hosted);
    }
    return this;
  }

  private Behavior<Command> then(Runnable work) {
    work.run();
    return this;
  }

  private Behavior<Command> onTick() {
    if (hosted != null) {
      report(new NodeReport.Holding(getContext().getSelf(), attempts.all()));
      attempts.repeatReports();
    }
    return this;
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    attempts.onTerminated(signal);
    measurers.onTerminated(signal);
    releaseRetired();
    return this;
  }

  private Behavior<Command> onPostStop() {
    opener.close();
    if (hosted != null) {
      retired.add(hosted);
    }
    // Children have ended by now.
    retired.forEach(host -> host.release().run());
    return this;
  }

  private void report(NodeReport report) {
    if (joined != null) {
      joined.coordinator().tell(report);
    }
  }
}
