package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.google.protobuf.Message;
import dev.gengap.core.RunId;
import dev.gengap.experiment.results.RunFiles;
import dev.gengap.protocol.v1.ExperimentHeader;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.streams.SnapshotReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the run folder, from the records alone: what Kafka holds and the folder does not is made
 * up for whenever the experiment runs. Of runs the folder holds complete, it adds measurements that
 * were asked for later.
 *
 * <p>Ownership: the only writer of the runs' files but for what their trainers write there, resume
 * points and the histories of examples; owns the thread that reads the records. Runs on a thread of
 * its own, since it waits for the disk. A process that was frozen may wake to find that another one
 * coordinates and records: it then writes no more. Failure: a disk that cannot be written ends the
 * actor, and with it the experiment.
 */
final class RecorderActor extends AbstractBehavior<RecorderActor.Command> {

  /** What the recorder hears. */
  sealed interface Command {}

  /** This run has ended, and its records are on Kafka: say when the folder holds all of it. */
  record Conclude(String run, ActorRef<ExperimentActor.Command> replyTo) implements Command {}

  private record Observed(List<Message> records) implements Command {}

  private record TailBroken(Throwable cause) implements Command {}

  /** Every record that was there when the run's conclusion was asked for has been observed. */
  private record TrainingObserved(Conclude conclude) implements Command {}

  private final ExperimentSetup setup;
  private final long generation;
  private final List<GroupLedger> ledgers;
  private final Resources resources = new Resources();
  private final SnapshotReader snapshots;
  private final TailThread tail;
  private final Set<String> runs;
  private final Set<String> finished = new HashSet<>();
  private final Map<String, RunRecorder> recording = new HashMap<>();
  private final Map<String, MeasurementTables> backfilling = new HashMap<>();
  private final Map<String, Conclude> concluding = new HashMap<>();
  private boolean superseded;

  /**
   * @param generation of the coordinator it belongs to: it leaves the folder to the recorder of a
   *     newer one
   */
  static Behavior<Command> create(ExperimentSetup setup, long generation) {
    return Behaviors.setup(context -> new RecorderActor(context, setup, generation));
  }

  private RecorderActor(ActorContext<Command> context, ExperimentSetup setup, long generation) {
    super(context);
    this.setup = setup;
    this.generation = generation;
    this.runs = setup.runIds();
    this.ledgers =
        setup.experiment().measures().stream().map(group -> setup.group(group).ledger()).toList();
    setup.finished().forEach(run -> finished.add(run.value()));
    this.snapshots = SnapshotReader.open(setup.workplace().broker());
    this.tail = startTail(context.getSelf());
    resources.add(snapshots::close);
    resources.add(this::closeFiles);
    resources.add(tail::close);
  }

  private TailThread startTail(ActorRef<Command> self) {
    return TailThread.start(
        "gengap-recorder-tail",
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
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Observed.class, this::onObserved)
        .onMessage(Conclude.class, this::onConclude)
        .onMessage(TrainingObserved.class, this::onTrainingObserved)
        .onMessage(TailBroken.class, this::onTailBroken)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onObserved(Observed message) {
    for (Message observed : message.records()) {
      superseded |=
          observed instanceof ExperimentHeader header && header.getGeneration() > generation;
      if (superseded) {
        return this;
      }
      ledgers.forEach(ledger -> ledger.observe(observed));
      record(observed);
    }
    List.copyOf(concluding.values()).forEach(this::concludeIfMeasured);
    return this;
  }

  private void record(Message observed) {
    if (observed instanceof Measurement measurement) {
      measurement(measurement);
    } else if (observed instanceof Progress progress && isRecorded(progress.getRun())) {
      recorder(progress.getRun()).progress(progress);
    } else if (observed instanceof RunState state && isRecorded(state.getRun())) {
      recorder(state.getRun()).state(state);
    } else if (observed instanceof SnapshotManifest manifest && isRecorded(manifest.getRun())) {
      recorder(manifest.getRun()).snapshot(manifest, setup.experiment().keep(), snapshots::fetch);
    }
  }

  private void measurement(Measurement measurement) {
    String run = measurement.getRun();
    if (isRecorded(run)) {
      recorder(run).measurement(measurement);
    } else if (runs.contains(run)) {
      backfilling.computeIfAbsent(run, id -> new MeasurementTables(files(id))).add(measurement);
    }
  }

  /** Whether the run is of this experiment, and its files are not complete yet. */
  private boolean isRecorded(String run) {
    return runs.contains(run) && !finished.contains(run);
  }

  private RunRecorder recorder(String run) {
    return recording.computeIfAbsent(run, id -> new RunRecorder(files(id)));
  }

  private RunFiles files(String run) {
    return setup.workplace().folder().run(new RunId(run));
  }

  private Behavior<Command> onConclude(Conclude message) {
    ActorRef<Command> self = getContext().getSelf();
    tail.whenRead(() -> self.tell(new TrainingObserved(message)));
    return this;
  }

  private Behavior<Command> onTrainingObserved(TrainingObserved message) {
    if (superseded) {
      return this;
    }
    concluding.put(message.conclude().run(), message.conclude());
    concludeIfMeasured(message.conclude());
    return this;
  }

  private void concludeIfMeasured(Conclude conclude) {
    String run = conclude.run();
    if (ledgers.stream().anyMatch(ledger -> ledger.missing(new RunId(run)) > 0)) {
      return;
    }
    if (isRecorded(run)) {
      recorder(run).conclude();
      recording.remove(run);
      finished.add(run);
    } else if (backfilling.containsKey(run)) {
      backfilling.remove(run).finish();
    }
    concluding.remove(run);
    conclude.replyTo().tell(new ExperimentActor.Concluded(run));
  }

  private Behavior<Command> onTailBroken(TailBroken message) {
    throw Causes.unchecked(message.cause());
  }

  private Behavior<Command> onPostStop() {
    resources.close();
    return this;
  }

  private void closeFiles() {
    Resources files = new Resources();
    recording.values().forEach(recorder -> files.add(recorder::close));
    backfilling.values().forEach(tables -> files.add(tables::close));
    files.close();
  }
}
