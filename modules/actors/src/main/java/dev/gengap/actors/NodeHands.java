package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The nodes of the cluster that measure, one snapshot of the group each. */
final class NodeHands implements MeasureHands {
  /** A node says every second what it works on. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(15).toNanos();

  /** A node that cannot work yet, or not now, is asked again after so long. */
  private static final long REST_NANOS = Duration.ofSeconds(2).toNanos();

  private record Lease(ActorRef<NodeActor.Command> node, long seenNanos) {}

  private final String group;
  private final ActorRef<MeasureReport> reports;
  private final Map<Long, Lease> leases = new HashMap<>();
  private final Map<ActorRef<NodeActor.Command>, Long> restingSince = new HashMap<>();
  private Set<ActorRef<NodeActor.Command>> nodes = Set.of();

  /**
   * @param group whose measures
   * @param reports hears how orders go
   */
  NodeHands(String group, ActorRef<MeasureReport> reports) {
    this.group = group;
    this.reports = reports;
  }

  @Override
  public void nodes(Set<ActorRef<NodeActor.Command>> found) {
    nodes = Set.copyOf(found);
    restingSince.keySet().retainAll(nodes);
  }

  @Override
  public boolean hasRoom() {
    return free().isPresent();
  }

  private Optional<ActorRef<NodeActor.Command>> free() {
    long now = System.nanoTime();
    return nodes.stream()
        .filter(node -> leases.values().stream().noneMatch(lease -> lease.node().equals(node)))
        .filter(
            node -> !restingSince.containsKey(node) || now - restingSince.get(node) > REST_NANOS)
        .findFirst();
  }

  @Override
  public void begin(long lease, MeasureWorker.Order order) {
    ActorRef<NodeActor.Command> node =
        free().orElseThrow(() -> new IllegalStateException("nodes: none (expected: a free one)"));
    leases.put(lease, new Lease(node, System.nanoTime()));
    node.tell(
        new NodeActor.Measure(
            lease,
            group,
            order.manifest(),
            order.initial(),
            order.attempts(),
            order.newestStep().getAsLong(),
            reports));
  }

  @Override
  public void ended(long lease) {
    leases.remove(lease);
  }

  @Override
  public void seen(long lease) {
    leases.computeIfPresent(lease, (id, old) -> new Lease(old.node(), System.nanoTime()));
  }

  @Override
  public void failed(long lease) {
    Optional.ofNullable(leases.remove(lease))
        .ifPresent(old -> restingSince.put(old.node(), System.nanoTime()));
  }

  @Override
  public List<Long> overdue() {
    long now = System.nanoTime();
    return leases.entrySet().stream()
        .filter(
            entry ->
                now - entry.getValue().seenNanos() > SILENCE_NANOS
                    || !nodes.contains(entry.getValue().node()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public void close() {}
}
