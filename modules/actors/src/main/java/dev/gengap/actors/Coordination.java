package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.receptionist.Receptionist;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * How an experiment comes by its nodes.
 *
 * @param own the only node, where it is this process; empty: all nodes of the cluster, as they come
 *     and go
 * @param generation higher for every coordinator, whatever the experiment
 * @param lanes sees to it that so many lanes exist; called before they are used, and may wait
 * @param hindrance hears what keeps every node there is from working on it, and that nothing does
 *     any more
 */
record Coordination(
    Optional<ActorRef<NodeActor.Command>> own,
    long generation,
    IntConsumer lanes,
    Consumer<Optional<String>> hindrance) {

  /** One node, whose lanes exist. */
  static Coordination of(ActorRef<NodeActor.Command> node) {
    return new Coordination(Optional.of(node), 1, lanes -> {}, hindrance -> {});
  }

  /** All nodes of the cluster. */
  static Coordination ofCluster(
      long generation, IntConsumer lanes, Consumer<Optional<String>> hindrance) {
    return new Coordination(Optional.empty(), generation, lanes, hindrance);
  }

  /** Tells {@code context}'s actor which nodes there are, now and whenever that changes. */
  <T> void find(
      ActorContext<T> context, Function<Set<ActorRef<NodeActor.Command>>, ? extends T> message) {
    if (own.isPresent()) {
      context.getSelf().tell(message.apply(Set.of(own.get())));
      return;
    }
    ActorRef<Receptionist.Listing> listing =
        context.messageAdapter(
            Receptionist.Listing.class,
            found -> message.apply(found.getServiceInstances(NodeActor.KEY)));
    context.getSystem().receptionist().tell(Receptionist.subscribe(NodeActor.KEY, listing));
  }
}
