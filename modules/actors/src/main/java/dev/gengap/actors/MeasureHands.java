package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import java.util.List;
import java.util.Set;

/**
 * Who measures for a group, each a snapshot at a time.
 *
 * <p>Confined to the group. Caller closes.
 */
interface MeasureHands extends AutoCloseable {

  /** Whether somebody is free. */
  boolean hasRoom();

  /** Gives an order to somebody who is free; how it ends, the group hears by its {@code lease}. */
  void begin(long lease, MeasureWorker.Order order);

  /** The order is done with. */
  void ended(long lease);

  /** Orders of which nobody has said anything for too long, and those nodes took with them. */
  List<Long> overdue();

  /** Somebody works on the order. */
  void seen(long lease);

  /** Whoever had the order could not do it. */
  void failed(long lease);

  /** These nodes measure. */
  void nodes(Set<ActorRef<NodeActor.Command>> nodes);

  @Override
  void close();
}
