package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import com.google.protobuf.Message;
import dev.gengap.experiment.ledger.Work;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures snapshots beside training: what is announced and not yet measured, the most telling
 * first. It knows nothing but the records, so it may start late, or again, and fills in what is
 * missing. Asked to end, it does so once nothing is.
 *
 * <p>Ownership: the tail's thread reads the records; the actor owns the ledger and the leases, and
 * closes tail and hands when it ends. Ordering: work begins once the records that were there at the
 * start are known, so nothing is measured twice; what a node measured counts once its records have
 * been read. Failure: a measure that fails is published as a failed attempt and tried again, a
 * bounded number of times; what the group's own process can neither read nor publish ends the
 * actor, see {@link Restarting}; what a node cannot goes to another.
 */
final class MeasureGroupActor extends AbstractBehavior<MeasureGroupActor.Command> {

  private static final Logger LOG = LoggerFactory.getLogger(MeasureGroupActor.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** What a measure group hears. */
  sealed interface Command {}

  private record Observed(List<Message> records) implements Command {}

  private record TailBroken(Throwable cause) implements Command {}

  private enum Signal implements Command {
    /** The records that were there at the start have all been observed. */
    CAUGHT_UP,
    /** The group is to end. */
    END,
    /** The records that were there when it was asked to end have all been observed. */
    ALL_KNOWN,
    /** Time to see who has fallen silent. */
    TICK
  }

  /** Its own process has done the work, or failed to. */
  private record OwnWorkEnded(long lease, List<Measurement> published, Throwable failure)
      implements Command {}

  private record NodeReported(MeasureReport report) implements Command {}

  /** What a node published has been read, if it published anything. */
  private record NodeWorkKnown(long lease) implements Command {}

  private record NodesFound(Set<ActorRef<NodeActor.Command>> nodes) implements Command {}

  private final GroupSetup setup;
  private final GroupLedger ledger;
  private final MeasureHands hands;
  private final TailThread tail;
  private final Map<String, OwnedSteps<SnapshotManifest>> manifests = new HashMap<>();

  /** Asked by the worker's thread, too. */
  private final Map<String, Long> newestSteps = new ConcurrentHashMap<>();

  private final Map<Long, Work> leases = new HashMap<>();
  private long newestLease;
  private boolean caughtUp;
  private boolean ending;

  /** A group whose own process measures. */
  static Behavior<Command> create(GroupSetup setup) {
    return Behaviors.setup(
        context -> {
          ActorRef<Command> self = context.getSelf();
          OwnHands hands =
              new OwnHands(
                  setup,
                  (lease, published, failure) ->
                      self.tell(new OwnWorkEnded(lease, published, failure)));
          return new MeasureGroupActor(context, setup, hands);
        });
  }

  /** A group for which the nodes of the cluster measure. */
  static Behavior<Command> ofCluster(GroupSetup setup) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Signal.TICK, INTERVAL);
                  NodeHands hands =
                      new NodeHands(
                          setup.group().name(),
                          context.messageAdapter(MeasureReport.class, NodeReported::new));
                  ActorRef<Receptionist.Listing> listing =
                      context.messageAdapter(
                          Receptionist.Listing.class,
                          found -> new NodesFound(found.getServiceInstances(NodeActor.MEASURING)));
                  context
                      .getSystem()
                      .receptionist()
                      .tell(Receptionist.subscribe(NodeActor.MEASURING, listing));
                  return new MeasureGroupActor(context, setup, hands);
                }));
  }

  private MeasureGroupActor(ActorContext<Command> context, GroupSetup setup, MeasureHands hands) {
    super(context);
    this.setup = setup;
    this.ledger = setup.ledger();
    this.hands = hands;
    this.tail = startTail(context.getSelf(), setup);
    context.pipeToSelf(setup.end(), (done, failure) -> Signal.END);
  }

  private static TailThread startTail(ActorRef<Command> self, GroupSetup setup) {
    TailThread tail =
        TailThread.start(
            "gengap-tail-" + setup.group().name(),
            setup.workplace().broker(),
            new TailThread.Listener() {
              @Override
              public void records(List<Message> records) {
                self.tell(new Observed(records));
              }

              @Override
              public void failed(Throwable cause) {
                self.tell(new TailBroken(cause));
              }
            });
    tail.whenRead(() -> self.tell(Signal.CAUGHT_UP));
    return tail;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Observed.class, this::onObserved)
        .onMessageEquals(Signal.CAUGHT_UP, this::onCaughtUp)
        .onMessageEquals(Signal.END, this::onEnd)
        .onMessageEquals(Signal.ALL_KNOWN, this::onAllKnown)
        .onMessageEquals(Signal.TICK, this::onTick)
        .onMessage(OwnWorkEnded.class, this::onOwnWorkEnded)
        .onMessage(NodeReported.class, this::onNodeReported)
        .onMessage(NodeWorkKnown.class, message -> over(message.lease()))
        .onMessage(NodesFound.class, this::onNodesFound)
        .onMessage(TailBroken.class, this::onTailBroken)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onObserved(Observed message) {
    for (Message record : message.records()) {
      ledger.observe(record);
      if (record instanceof SnapshotManifest manifest) {
        manifests(manifest.getRun()).put(manifest.getIncarnation(), manifest.getStep(), manifest);
      } else if (record instanceof RunState state) {
        manifests(state.getRun()).observe(state);
      } else if (record instanceof Progress progress) {
        newestSteps.merge(progress.getRun(), progress.getStep(), Math::max);
      }
    }
    return workOn();
  }

  private Behavior<Command> onCaughtUp() {
    caughtUp = true;
    return workOn();
  }

  private Behavior<Command> onEnd() {
    ActorRef<Command> self = getContext().getSelf();
    tail.whenRead(() -> self.tell(Signal.ALL_KNOWN));
    return this;
  }

  private Behavior<Command> onAllKnown() {
    ending = true;
    return workOn();
  }

  private Behavior<Command> workOn() {
    if (!caughtUp) {
      return this;
    }
    while (hands.hasRoom()) {
      Optional<Work> work = ledger.lease();
      if (work.isEmpty()) {
        return leases.isEmpty() && ending ? Behaviors.stopped() : this;
      }
      begin(work.get());
    }
    return this;
  }

  private void begin(Work work) {
    String run = work.snapshot().run().value();
    OwnedSteps<SnapshotManifest> of = manifests(run);
    MeasureWorker.Order order =
        new MeasureWorker.Order(
            of.get(work.snapshot().step()).orElseThrow(),
            of.get(0),
            ledger.attempts(work),
            () -> newestSteps.getOrDefault(run, 0L));
    newestLease++;
    leases.put(newestLease, work);
    hands.begin(newestLease, order);
  }

  private Behavior<Command> onOwnWorkEnded(OwnWorkEnded message) {
    if (message.failure() != null) {
      throw Causes.unchecked(message.failure());
    }
    message.published().forEach(ledger::observe);
    setup.published().accept(message.published());
    return over(message.lease());
  }

  private Behavior<Command> onNodeReported(NodeReported message) {
    MeasureReport report = message.report();
    if (report instanceof MeasureReport.Busy) {
      hands.seen(report.lease());
    } else if (report instanceof MeasureReport.Done) {
      hands.ended(report.lease());
      whenRead(report.lease());
    } else if (report instanceof MeasureReport.Broken broken) {
      LOG.warn("group {}: a node could not measure", setup.group().name(), broken.cause());
      hands.failed(report.lease());
      whenRead(report.lease());
    }
    return workOn();
  }

  /** Whoever fell silent may have published all the same. */
  private Behavior<Command> onTick() {
    for (long lease : hands.overdue()) {
      LOG.warn("group {}: a node fell silent while it measured", setup.group().name());
      hands.ended(lease);
      whenRead(lease);
    }
    return workOn();
  }

  private void whenRead(long lease) {
    ActorRef<Command> self = getContext().getSelf();
    tail.whenRead(() -> self.tell(new NodeWorkKnown(lease)));
  }

  private Behavior<Command> onNodesFound(NodesFound message) {
    hands.nodes(message.nodes());
    return workOn();
  }

  private Behavior<Command> over(long lease) {
    hands.ended(lease);
    Optional.ofNullable(leases.remove(lease)).ifPresent(ledger::release);
    return workOn();
  }

  private Behavior<Command> onTailBroken(TailBroken message) {
    throw Causes.unchecked(message.cause());
  }

  private Behavior<Command> onPostStop() {
    Resources resources = new Resources();
    resources.add(hands::close);
    resources.add(tail::close);
    resources.close();
    return this;
  }

  private OwnedSteps<SnapshotManifest> manifests(String run) {
    return manifests.computeIfAbsent(run, id -> new OwnedSteps<>());
  }
}
