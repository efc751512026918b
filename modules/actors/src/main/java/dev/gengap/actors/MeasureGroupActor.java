package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.google.protobuf.Message;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.ledger.Work;
import dev.gengap.measures.Catalogue;
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
 * missing.
 *
 * <p>Ownership: the worker thread owns the evaluator and everything it reads Kafka with; the tail's
 * thread reads the records; the actor owns the ledger, and closes both when it ends. Ordering: work
 * begins once the records that were there at the start are known, so nothing is measured twice.
 * Failure: a measure that fails is published as a failed attempt and tried again, a bounded number
 * of times; what can be neither read nor published ends the actor, see {@link Restarting}.
 */
final class MeasureGroupActor extends AbstractBehavior<MeasureGroupActor.Command> {

  /** What a measure group hears. */
  sealed interface Command {}

  private record Observed(List<Message> records) implements Command {}

  private record TailBroken(Throwable cause) implements Command {}

  /** The records that were there at the start have all been observed. */
  private enum CaughtUp implements Command {
    INSTANCE
  }

  private record WorkDone(Work work, List<Measurement> published) implements Command {}

  private record WorkBroken(Work work, Throwable cause) implements Command {}

  private final GroupLedger ledger;
  private final MeasureWorker worker;
  private final WorkThread thread;
  private final TailThread tail;
  private final Map<String, SnapshotManifest> manifests = new HashMap<>();

  /** Asked by the worker's thread, too. */
  private final Map<String, Long> newestSteps = new ConcurrentHashMap<>();

  private boolean caughtUp;
  private boolean busy;

  static Behavior<Command> create(ExperimentSetup setup, MeasureGroup group) {
    return Behaviors.setup(context -> new MeasureGroupActor(context, setup, group));
  }

  private MeasureGroupActor(
      ActorContext<Command> context, ExperimentSetup setup, MeasureGroup group) {
    super(context);
    this.ledger = setup.ledger(group);
    this.worker = new MeasureWorker(setup.workplace(), Catalogue.named(group.keys()));
    this.thread = new WorkThread("gengap-measure-" + group.name());
    this.tail = startTail(context.getSelf(), setup, group);
  }

  private static TailThread startTail(
      ActorRef<Command> self, ExperimentSetup setup, MeasureGroup group) {
    TailThread tail =
        TailThread.start(
            "gengap-tail-" + group.name(),
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
    tail.whenRead(() -> self.tell(CaughtUp.INSTANCE));
    return tail;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Observed.class, this::onObserved)
        .onMessageEquals(CaughtUp.INSTANCE, this::onCaughtUp)
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

  private Behavior<Command> workOn() {
    if (caughtUp && !busy) {
      ledger.lease().ifPresent(this::begin);
    }
    return this;
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
