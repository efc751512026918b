package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which nodes are asked to work on an experiment, from when they are found until they are let go.
 *
 * <p>Confined to the experiment actor.
 */
final class NodeRoster {
  /** Longest text of reasons; of many nodes that lack the same, a few tell enough. */
  private static final int MOST_TEXT = 2000;

  private final Coordination coordination;
  private final NodeActor.Join join;
  private final Crew crew;
  private final Map<String, String> unfit = new TreeMap<>();
  private Set<ActorRef<NodeActor.Command>> found = Set.of();
  private Optional<String> hindrance = Optional.empty();
  private int lanes;

  /**
   * @param join what nodes are asked
   * @param crew those that have described themselves
   */
  NodeRoster(Coordination coordination, NodeActor.Join join, Crew crew) {
    this.coordination = coordination;
    this.join = join;
    this.crew = crew;
  }

  /** These are the nodes there are now. */
  void found(Set<ActorRef<NodeActor.Command>> nodes) {
    if (!nodes.equals(found)) {
      // All that cannot work are asked again, and those that have gone do not count.
      unfit.clear();
    }
    found = nodes;
    ask();
    tellHindrance();
  }

  /** Asks nodes that have not described themselves, once more. */
  void ask() {
    found.stream().filter(node -> !crew.knows(node)).forEach(node -> node.tell(join));
  }

  /**
   * A node has described itself.
   *
   * @return whether it is one of the experiment's and was not before
   */
  boolean joined(NodeReport.Described node) {
    if (!found.contains(node.node()) || !crew.add(node)) {
      return false;
    }
    unfit.remove(node.address());
    tellHindrance();
    if (crew.lanes() > lanes) {
      lanes = crew.lanes();
      coordination.lanes().accept(lanes);
    }
    return true;
  }

  /**
   * A node cannot work on the experiment; it is asked again all the same.
   *
   * @return whether that is news
   */
  boolean unfit(NodeReport.Unfit node) {
    String reason = Causes.text(node.cause());
    boolean news = !reason.equals(unfit.put(node.address(), reason));
    tellHindrance();
    return news;
  }

  private void tellHindrance() {
    boolean able = !crew.withRole(Role.TRAINER).isEmpty() && !crew.withRole(Role.FEEDER).isEmpty();
    long answered = unfit.size() + found.stream().filter(crew::knows).count();
    if (able || unfit.isEmpty()) {
      tell(Optional.empty());
    } else if (answered >= found.size()) {
      tell(Optional.of(reasons()));
    }
  }

  private String reasons() {
    String text =
        unfit.entrySet().stream()
            .map(node -> node.getKey() + ": " + node.getValue())
            .collect(Collectors.joining("; "));
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + " …";
  }

  private void tell(Optional<String> now) {
    if (!now.equals(hindrance)) {
      hindrance = now;
      coordination.hindrance().accept(now);
    }
  }

  /** Lets all nodes go, those too that were asked and have not described themselves. */
  void leave() {
    found.forEach(node -> node.tell(new NodeActor.Leave(coordination.generation())));
  }
}
