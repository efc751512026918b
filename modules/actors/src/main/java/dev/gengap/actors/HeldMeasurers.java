package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import dev.gengap.experiment.MeasureGroup;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node's measurers, one for each group that has asked.
 *
 * <p>Confined to the node, whose children they are.
 */
final class HeldMeasurers {
  private final ActorContext<NodeActor.Command> context;
  private final Map<String, ActorRef<MeasurerActor.Command>> byGroup = new HashMap<>();

  /** Measurers that have not ended, stopped ones too. */
  private final Set<ActorRef<?>> working = new HashSet<>();

  private long children;

  HeldMeasurers(ActorContext<NodeActor.Command> context) {
    this.context = context;
  }

  /** Hands the order to the measurer of its group. */
  void measure(NodeActor.Measure order, Hosted hosted) {
    Optional<MeasureGroup> group =
        hosted.setup().experiment().measures().stream()
            .filter(candidate -> candidate.name().equals(order.group()))
            .findFirst();
    if (group.isEmpty()) {
      IllegalStateException cause =
          new IllegalStateException(
              "measure group: " + order.group() + " (expected: one of the experiment)");
      order.replyTo().tell(new MeasureReport.Broken(order.lease(), cause));
      return;
    }
    MeasureWorker.Order what =
        new MeasureWorker.Order(
            order.manifest(), order.initial(), order.attempts(), order::newestStep);
    byGroup
        .computeIfAbsent(order.group(), name -> start(hosted.setup().group(group.get())))
        .tell(new MeasurerActor.Order(order.lease(), what, order.replyTo()));
  }

  private ActorRef<MeasurerActor.Command> start(GroupSetup setup) {
    children++;
    ActorRef<MeasurerActor.Command> measurer =
        context.spawn(
            MeasurerActor.create(setup),
            "measurer-" + setup.group().name() + "-" + children,
            GuardianActor.BLOCKING);
    context.watch(measurer);
    working.add(measurer);
    return measurer;
  }

  /** Whether no measurer is left. */
  boolean isIdle() {
    return working.isEmpty();
  }

  /** Ends them all after the measures in hand. */
  void stopAll() {
    byGroup.values().forEach(context::stop);
    byGroup.clear();
  }

  void onTerminated(Terminated signal) {
    if (working.remove(signal.getRef())) {
      byGroup.values().removeIf(measurer -> measurer.path().equals(signal.getRef().path()));
    }
  }
}
