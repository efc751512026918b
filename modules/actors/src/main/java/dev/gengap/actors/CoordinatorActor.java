package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.gengap.core.UserError;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.protocol.v1.Submission.Wish;
import dev.gengap.streams.SubmissionTail.Change;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the experiments submitted to the cluster, the oldest first, one at a time. There is one
 * of it in the cluster, on whatever node; it knows nothing that is not on Kafka, so any other may
 * take over.
 *
 * <p>Ownership: parent of the experiment in hand; the thread that reads the submissions is its own.
 * Runs on a thread of its own, since it waits for Kafka. Failure: an experiment that cannot go on
 * is left, with a note of the reason, until it is submitted or resumed again, and the next has its
 * turn; a submission topic that cannot be read or written, or another coordinator that has shut
 * this one out, ends the actor, and the cluster starts another after a while. A coordinator that
 * begins tries anew what another left for a reason.
 */
final class CoordinatorActor extends AbstractBehavior<CoordinatorActor.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorActor.class);

  /** What the coordinator hears. */
  sealed interface Command {}

  /** Things were submitted, or their wishes changed. */
  record Submitted(List<Change> changes) implements Command {}

  /** The submissions cannot be read. */
  record TailBroken(Throwable cause) implements Command {}

  /** What keeps the experiment in hand, which has that generation, from going on. */
  private record Hindered(long generation, Optional<String> hindrance) implements Command {}

  private record Deleted(String name, Throwable failure) implements Command {}

  /** The experiment in hand. */
  private record Current(
      Submission submission,
      ActorRef<GuardianActor.Stop> guardian,
      StartedExperiment started,
      AtomicReference<Throwable> failure) {
    long generation() {
      return started.generation();
    }

    String name() {
      return submission.getName();
    }
  }

  private static final Set<Wish> STOPS = EnumSet.of(Wish.PAUSE, Wish.CANCEL);

  private final ClusterKit kit;
  private final CoordinatorNotes notes;
  private final SubmissionThread submissions;
  private final WorkThread deleting = new WorkThread("gengap-delete");
  private final Map<String, Submission> newest = new HashMap<>();

  /** Revisions there is nothing to do for any more, by name. */
  private final Map<String, Long> done = new HashMap<>();

  private Optional<Current> current = Optional.empty();
  private Optional<String> hindrance = Optional.empty();
  private boolean stopping;
  private long children;

  static Behavior<Command> create(ClusterKit kit) {
    return Behaviors.setup(context -> new CoordinatorActor(context, kit));
  }

  private CoordinatorActor(ActorContext<Command> context, ClusterKit kit) {
    super(context);
    this.kit = kit;
    this.notes = new CoordinatorNotes(kit.submissions());
    this.submissions = SubmissionThread.start(kit.submissions(), context.getSelf());
    LOG.info("coordinates the cluster");
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Submitted.class, this::onSubmitted)
        .onMessage(TailBroken.class, this::onTailBroken)
        .onMessage(Deleted.class, this::onDeleted)
        .onMessage(Hindered.class, this::onHindered)
        .onSignal(Terminated.class, signal -> onExperimentEnded())
        .onSignal(PreRestart.class, signal -> onPostStop())
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onSubmitted(Submitted message) {
    for (Change change : message.changes()) {
      change
          .submission()
          .ifPresentOrElse(
              submission -> newest.put(change.name(), submission), () -> forget(change.name()));
    }
    current.ifPresent(this::reconsider);
    return goOn();
  }

  /** Revisions begin anew with what is submitted under the name next. */
  private void forget(String name) {
    newest.remove(name);
    done.remove(name);
  }

  private void reconsider(Current at) {
    if (isUnwanted(at)) {
      stopping = true;
      at.guardian().tell(GuardianActor.Stop.INSTANCE);
    } else {
      // A coordinator that woke up late may have noted otherwise.
      notes.open(newest.get(at.name()), hindrance);
    }
  }

  /** Whether the experiment in hand is no longer what is wished for. */
  private boolean isUnwanted(Current at) {
    Submission wished = newest.get(at.name());
    return wished == null
        || wished.getWish() != Wish.RUN
        || !wished.getConfig().equals(at.submission().getConfig());
  }

  private Behavior<Command> goOn() {
    newest.values().stream()
        .filter(submission -> submission.getWish() == Wish.DELETE)
        .filter(submission -> !isInHand(submission) && isOpen(submission))
        .forEach(this::delete);
    newest.values().stream()
        .filter(submission -> STOPS.contains(submission.getWish()))
        .filter(submission -> !isInHand(submission) && isOpen(submission))
        .forEach(submission -> settle(submission, Optional.empty()));
    while (current.isEmpty()) {
      Optional<Submission> next =
          newest.values().stream()
              .filter(submission -> submission.getWish() == Wish.RUN && isOpen(submission))
              .min(
                  Comparator.comparingLong(Submission::getSubmittedMillis)
                      .thenComparing(Submission::getName));
      if (next.isEmpty()) {
        return this;
      }
      begin(next.get());
    }
    return this;
  }

  private void settle(Submission submission, Optional<Throwable> failure) {
    done.put(submission.getName(), submission.getRevision());
    notes.settled(submission, failure);
  }

  private boolean isOpen(Submission submission) {
    boolean settled = submission.getSettled() && submission.getProblem().isEmpty();
    return !settled && done.getOrDefault(submission.getName(), -1L) < submission.getRevision();
  }

  private boolean isInHand(Submission submission) {
    return current.map(Current::name).filter(submission.getName()::equals).isPresent();
  }

  private void begin(Submission submission) {
    StartedExperiment started;
    try {
      started = StartedExperiment.start(kit.opening().apply(ref(submission)));
    } catch (UserError e) {
      LOG.error("experiment {} cannot run here", submission.getName(), e);
      settle(submission, Optional.of(e));
      return;
    }
    hindrance = Optional.empty();
    notes.open(submission, hindrance);
    stopping = false;
    LOG.info("experiment {} begins, generation {}", submission.getName(), started.generation());
    children++;
    AtomicReference<Throwable> failure = new AtomicReference<>();
    ActorRef<GuardianActor.Stop> guardian =
        getContext()
            .spawn(
                GuardianActor.create(
                    started.setup(),
                    started.states(),
                    Optional.of(coordination(started)),
                    cause -> failure.compareAndSet(null, cause)),
                "experiment-" + submission.getName() + "-" + children);
    getContext().watch(guardian);
    current = Optional.of(new Current(submission, guardian, started, failure));
  }

  private Coordination coordination(StartedExperiment started) {
    ActorRef<Command> self = getContext().getSelf();
    return Coordination.ofCluster(
        started.generation(),
        kit.lanes(started.setup()),
        hindered -> self.tell(new Hindered(started.generation(), hindered)));
  }

  private Behavior<Command> onHindered(Hindered message) {
    if (current.filter(at -> at.generation() == message.generation()).isPresent()) {
      hindrance = message.hindrance();
      reconsider(current.get());
    }
    return this;
  }

  static ExperimentRef ref(Submission submission) {
    return ExperimentRef.of(submission.getName(), submission.getConfig());
  }

  private Behavior<Command> onExperimentEnded() {
    Current ended = current.orElseThrow();
    current = Optional.empty();
    Throwable failure = ended.failure().get();
    if (failure != null) {
      LOG.error("experiment {} broke off", ended.name(), failure);
    } else {
      LOG.info("experiment {} ended", ended.name());
    }
    ended.started().close(failure == null);
    if (Causes.isTakenOver(failure)) {
      // That says nothing about the experiment, so it is not noted.
      throw Causes.unchecked(failure);
    }
    // What was asked to stop may be wished again by now.
    if (!isUnwanted(ended) && (failure != null || !stopping)) {
      settle(newest.get(ended.name()), Optional.ofNullable(failure));
    }
    return goOn();
  }

  private void delete(Submission submission) {
    done.put(submission.getName(), submission.getRevision());
    getContext()
        .pipeToSelf(
            deleting.run(() -> kit.delete(submission.getName())),
            (nothing, failure) -> new Deleted(submission.getName(), failure));
  }

  private Behavior<Command> onDeleted(Deleted message) {
    if (message.failure() != null) {
      LOG.error("experiment {} not deleted", message.name(), message.failure());
    }
    return this;
  }

  private Behavior<Command> onTailBroken(TailBroken message) {
    throw Causes.unchecked(message.cause());
  }

  private Behavior<Command> onPostStop() {
    submissions.close();
    deleting.close();
    current.ifPresent(at -> at.started().close(false));
    LOG.info("coordinates the cluster no longer");
    return this;
  }
}
