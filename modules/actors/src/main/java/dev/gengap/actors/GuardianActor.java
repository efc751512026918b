package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.gengap.experiment.MeasureGroup;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The root of an experiment's actors: measure groups, the recorder and the experiment itself, whose
 * end is the end of all.
 *
 * <p>Failure: a group that failed more often than it is restarted, or a recorder that failed, lets
 * the experiment stop its runs cleanly; when the experiment fails, everything stops at once. The
 * first cause goes to the consumer given.
 */
final class GuardianActor extends AbstractBehavior<GuardianActor.Stop> {
  /** A thread each: for actors that wait for Kafka, a disk or, at their end, their threads. */
  static final DispatcherSelector BLOCKING =
      DispatcherSelector.fromConfig("gengap.blocking-dispatcher");

  /** Stop the runs in hand cleanly, then end. */
  enum Stop {
    INSTANCE
  }

  private final Consumer<Throwable> onFailure;
  private final ActorRef<ExperimentActor.Command> experiment;

  /**
   * @param cluster how it comes by its nodes; empty: this process does everything
   * @param onFailure hears of whatever breaks the experiment off; called on any thread, and more
   *     than once if more than one thing does
   */
  static Behavior<Stop> create(
      ExperimentSetup setup,
      RunStates states,
      Optional<Coordination> cluster,
      Consumer<Throwable> onFailure) {
    return Behaviors.setup(
        context -> {
          try {
            return new GuardianActor(context, setup, states, cluster, onFailure);
          } catch (RuntimeException e) {
            onFailure.accept(e);
            throw e;
          }
        });
  }

  private GuardianActor(
      ActorContext<Stop> context,
      ExperimentSetup setup,
      RunStates states,
      Optional<Coordination> cluster,
      Consumer<Throwable> onFailure) {
    super(context);
    this.onFailure = onFailure;
    for (MeasureGroup group : setup.experiment().measures()) {
      GroupSetup measuring = setup.group(group);
      Behavior<MeasureGroupActor.Command> actor =
          cluster.isPresent()
              ? MeasureGroupActor.ofCluster(measuring)
              : MeasureGroupActor.create(measuring);
      context.watch(context.spawn(Restarting.of(actor, BLOCKING), "measures-" + group.name()));
    }
    ActorRef<RecorderActor.Command> recorder =
        context.spawn(
            RecorderActor.create(
                setup, cluster.map(Coordination::generation).orElse(Long.MAX_VALUE)),
            "recorder",
            BLOCKING);
    context.watch(recorder);
    this.experiment =
        context.spawn(
            ExperimentActor.create(
                setup, states, cluster.orElseGet(() -> own(context, setup)), recorder, onFailure),
            "experiment",
            BLOCKING);
    context.watch(experiment);
  }

  /** This process is the only node, and does everything. */
  private static Coordination own(ActorContext<Stop> context, ExperimentSetup setup) {
    Hosted hosted = Hosted.of(setup, () -> {});
    ActorRef<NodeActor.Command> node =
        context.spawn(
            NodeActor.create("this process", EnumSet.allOf(Role.class), ref -> hosted), "node");
    context.watch(node);
    return Coordination.of(node);
  }

  @Override
  public Receive<Stop> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Stop.INSTANCE, this::onStop)
        .onSignal(ChildFailed.class, this::onFailed)
        .onSignal(Terminated.class, signal -> Behaviors.stopped())
        .build();
  }

  private Behavior<Stop> onStop() {
    experiment.tell(ExperimentActor.Stop.INSTANCE);
    return this;
  }

  private Behavior<Stop> onFailed(ChildFailed signal) {
    Throwable cause = Causes.of(signal.getCause());
    if (signal.getRef().path().equals(experiment.path())) {
      onFailure.accept(cause);
      return Behaviors.stopped();
    }
    experiment.tell(new ExperimentActor.Broken(signal.getRef().path().name(), cause));
    return this;
  }
}
