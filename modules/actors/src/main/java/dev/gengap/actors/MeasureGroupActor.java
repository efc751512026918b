package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.google.protobuf.Message;
import dev.gengap.experiment.ledger.Work;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures snapshots beside training: what is announced and not yet measured, the most telling
 * first. It knows nothing but the records, so it may start late, or again, and fills in what is
 * missing. Asked to end, it does so once nothing is.
 *
 * <p>Ownership: the worker thread owns what measures run on and everything it reads Kafka with; the
 * tail's thread reads the records; the actor owns the ledger, and closes both when it ends.
 * Ordering: work begins once the records that were there at the start are known, so nothing is
 * measured twice. Failure: a measure that fails is published as a failed attempt and tried again, a
 * bounded number of times; what can be neither read nor published ends the actor, see {@link
 * Restarting}.
 */
final class MeasureGroupActor extends AbstractBehavior<MeasureGroupActor.Command> {

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
    ALL_KNOWN
  }

  private record WorkDone(Work work, List<Measurement> published) implements Command {}

  private record WorkBroken(Work work, Throwable cause) implements Command {}

  private final GroupSetup setup;
  private final GroupLedger ledger;
  private final MeasureWorker worker;
  private final WorkThread thread;
  private final TailThread tail;
  private final Map<String, SnapshotManifest> manifests = new HashMap<>();

  /** Asked by the worker's thread, too. */
  private final Map<String, Long> newestSteps = new ConcurrentHashMap<>();

  private boolean caughtUp;
  private boolean busy;
  private boolean ending;

  static Behavior<Command> create(GroupSetup setup) {
    return Behaviors.setup(context -> new MeasureGroupActor(context, setup));
  }

  private MeasureGroupActor(ActorContext<Command> context, GroupSetup setup) {
    super(context);
    this.setup = setup;
    this.ledger = setup.ledger();
    this.worker = new MeasureWorker(setup);
    this.thread = new WorkThread("gengap-measure-" + setup.group().name());
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
        .onMessage(WorkDone.class, this::onWorkDone)
        .onMessage(WorkBroken.class, this::onWorkBroken)
        .onMessage(TailBroken.class, this::onTailBroken)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onObserved(Observed message) {
    for (Message record : message.records()) {
      ledger.observe(record);
      if (record instanceof SnapshotManifest manifest) {
        manifests.put(manifestKey(manifest.getRun(), manifest.getStep()), manifest);
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
    if (!caughtUp || busy) {
      return this;
    }
    Optional<Work> work = ledger.lease();
    work.ifPresent(this::begin);
    return work.isEmpty() && ending ? Behaviors.stopped() : this;
  }

  private void begin(Work work) {
    busy = true;
    String run = work.snapshot().run().value();
    MeasureWorker.Order order =
        new MeasureWorker.Order(
            manifests.get(manifestKey(run, work.snapshot().step())),
            Optional.ofNullable(manifests.get(manifestKey(run, 0))),
            ledger.attempts(work),
            () -> newestSteps.getOrDefault(run, 0L));
    getContext()
        .pipeToSelf(
            thread.submit(() -> worker.measure(order)),
            (published, failure) ->
                failure == null ? new WorkDone(work, published) : new WorkBroken(work, failure));
  }

  private Behavior<Command> onWorkDone(WorkDone message) {
    busy = false;
    message.published().forEach(ledger::observe);
    setup.published().accept(message.published());
    ledger.release(message.work());
    return workOn();
  }

  private Behavior<Command> onWorkBroken(WorkBroken message) {
    throw Causes.unchecked(message.cause());
  }

  private Behavior<Command> onTailBroken(TailBroken message) {
    throw Causes.unchecked(message.cause());
  }

  private Behavior<Command> onPostStop() {
    worker.cancel();
    Resources resources = new Resources();
    resources.add(thread::close);
    resources.add(() -> thread.run(worker::close).join());
    resources.add(tail::close);
    resources.close();
    return this;
  }

  private static String manifestKey(String run, long step) {
    return run + "/" + step;
  }
}
