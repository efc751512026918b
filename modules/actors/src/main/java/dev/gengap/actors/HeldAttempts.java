package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import dev.gengap.experiment.RunPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The attempts a node works on: their feeders, their trainers, and what is to be reported of them.
 *
 * <p>Confined to the node, whose children feeders and trainers are.
 */
final class HeldAttempts {

  /** What works on one attempt, and what is to be reported of it. */
  private static final class Held {
    private ActorRef<FeederActor.Command> feeder;
    private ActorRef<TrainerActor.Command> trainer;
    private NodeReport.OfAttempt fed;
    private NodeReport.OfAttempt trained;
  }

  private final ActorContext<NodeActor.Command> context;
  private final Consumer<NodeReport> reports;
  private final Map<Attempt, Held> held = new HashMap<>();

  /** Children that have not ended, of released attempts too. */
  private final Set<ActorRef<?>> working = new HashSet<>();

  private long children;

  HeldAttempts(ActorContext<NodeActor.Command> context, Consumer<NodeReport> reports) {
    this.context = context;
    this.reports = reports;
  }

  Set<Attempt> all() {
    return Set.copyOf(held.keySet());
  }

  /** Whether no child is left. */
  boolean isIdle() {
    return working.isEmpty();
  }

  /** Starts a feeder, unless there is one. */
  void feed(NodeActor.Feed order, Hosted hosted) {
    Attempt attempt = order.attempt();
    Held at = held.computeIfAbsent(attempt, key -> new Held());
    Optional<RunPlan> plan = hosted.setup().experiment().run(attempt.run());
    if (at.feeder != null) {
      return;
    }
    if (plan.isEmpty()) {
      heard(new NodeReport.FeedFailed(attempt, unknown(attempt)));
      return;
    }
    at.feeder = spawn(FeederActor.create(attempt, plan.get().config(), hosted), "feeder", attempt);
    ActorRef<FeederActor.Prepared> prepared =
        context.messageAdapter(FeederActor.Prepared.class, this::feedReady);
    at.feeder.tell(new FeederActor.Prepare(prepared));
  }

  private NodeActor.Heard feedReady(FeederActor.Prepared ready) {
    // The adapter runs inside the node, so the map may be asked.
    ActorRef<FeederActor.Command> feeder =
        Optional.ofNullable(held.get(ready.attempt())).map(at -> at.feeder).orElse(null);
    return new NodeActor.Heard(
        new NodeReport.FeedReady(
            ready.attempt(), ready.references(), ready.batchesPerEpoch(), feeder));
  }

  /** Starts a trainer, unless there is one. */
  void train(NodeActor.Train order, Hosted hosted) {
    Attempt attempt = order.attempt();
    Held at = held.computeIfAbsent(attempt, key -> new Held());
    Optional<RunPlan> plan = hosted.setup().experiment().run(attempt.run());
    if (at.trainer != null) {
      return;
    }
    if (plan.isEmpty()) {
      heard(new NodeReport.Crashed(attempt, unknown(attempt)));
      return;
    }
    DeviceOffer offer = hosted.setup().workplace().devices().get(order.device());
    RunAssignment assignment = new RunAssignment(plan.get(), attempt, offer, order.from());
    at.trainer = spawn(TrainerActor.create(hosted, attempt.lane()), "trainer", attempt);
    ActorRef<TrainerActor.Report> ended =
        context.messageAdapter(
            TrainerActor.Report.class, report -> new NodeActor.Heard(report.toNode()));
    at.trainer.tell(
        new TrainerActor.Train(
            assignment, order.references(), order.batchesPerEpoch(), order.feeder(), ended));
  }

  private static IllegalStateException unknown(Attempt attempt) {
    return new IllegalStateException(
        "run: " + attempt.run().value() + " (expected: one of the experiment)");
  }

  private <T> ActorRef<T> spawn(
      akka.actor.typed.Behavior<T> behavior, String role, Attempt attempt) {
    children++;
    String name =
        "%s-%s-%d-%d".formatted(role, attempt.run().value(), attempt.incarnation(), children);
    ActorRef<T> child = context.spawn(behavior, name, GuardianActor.BLOCKING);
    context.watch(child);
    working.add(child);
    return child;
  }

  /** Lets the trainer stop after its step. */
  void stop(Attempt attempt) {
    trainer(attempt).ifPresent(trainer -> trainer.tell(TrainerActor.Stop.INSTANCE));
  }

  /** Lets the trainer give up. */
  void abort(NodeActor.Abort order) {
    trainer(order.attempt())
        .ifPresent(trainer -> trainer.tell(new TrainerActor.Abort(order.cause())));
  }

  private Optional<ActorRef<TrainerActor.Command>> trainer(Attempt attempt) {
    return Optional.ofNullable(held.get(attempt)).map(at -> at.trainer);
  }

  /** Forgets the attempt, and ends what works on it. */
  void release(Attempt attempt) {
    Held at = held.remove(attempt);
    if (at == null) {
      return;
    }
    if (at.feeder != null) {
      at.feeder.tell(FeederActor.Stop.INSTANCE);
    }
    if (at.trainer != null) {
      context.stop(at.trainer);
    }
  }

  void releaseAll() {
    all().forEach(this::release);
  }

  /** Keeps a report until the attempt is released, and passes it on. */
  void heard(NodeReport.OfAttempt report) {
    Held at = held.get(report.attempt());
    if (at == null) {
      return;
    }
    if (report instanceof NodeReport.FeedReady || report instanceof NodeReport.FeedFailed) {
      at.fed = report;
    } else {
      at.trained = report;
    }
    reports.accept(report);
  }

  /** Tells again what may not have arrived. */
  void repeatReports() {
    for (Held at : held.values()) {
      if (at.trained != null) {
        reports.accept(at.trained);
      } else if (at.fed != null && at.trainer == null) {
        reports.accept(at.fed);
      }
    }
  }

  /** A child has ended: a feeder before its attempt is over has failed. */
  void onTerminated(Terminated signal) {
    working.remove(signal.getRef());
    if (signal instanceof ChildFailed failed) {
      Map.copyOf(held).forEach((attempt, at) -> childFailed(attempt, at, failed));
    }
  }

  private void childFailed(Attempt attempt, Held at, ChildFailed failed) {
    Throwable cause = Causes.of(failed.getCause());
    if (isOf(failed, at.feeder)) {
      heard(new NodeReport.FeedFailed(attempt, cause));
    } else if (isOf(failed, at.trainer)) {
      heard(new NodeReport.Crashed(attempt, cause));
    }
  }

  private static boolean isOf(Terminated signal, ActorRef<?> child) {
    return child != null && signal.getRef().path().equals(child.path());
  }
}
