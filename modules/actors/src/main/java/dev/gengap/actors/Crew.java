package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import dev.gengap.compute.DeviceException;
import dev.gengap.core.UserError;
import dev.gengap.experiment.RunConfig;
import dev.gengap.experiment.RunPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The nodes of an experiment, their slots, and which attempt is at work where.
 *
 * <p>Confined to the experiment actor. What it tells nodes may be lost: what a node does not hold
 * though it should is found by {@link #missing}, what it holds though it should not is released.
 */
final class Crew {
  /** An order is under way for so long at most, and what a node tells of itself too. */
  private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();

  /** An attempt under way; before it trains, only its feeder is at work. */
  private record Work(
      Assignment assignment,
      ActorRef<NodeActor.Command> feeding,
      boolean trains,
      long orderedNanos) {

    /** The nodes that were told of it. */
    Stream<ActorRef<NodeActor.Command>> nodes() {
      return trains ? Stream.of(feeding, assignment.slot().node()) : Stream.of(feeding);
    }

    /** Whether it is over without {@code node}, told or not. */
    boolean needs(ActorRef<?> node) {
      return Stream.of(feeding, assignment.slot().node()).anyMatch(node::equals);
    }
  }

  /** The node cannot feed such runs: it has not their data. */
  private record Lack(ActorRef<NodeActor.Command> node, RunConfig.DataSelection data) {}

  private final SlotPool slots;
  private final boolean complete;
  private final Map<ActorRef<NodeActor.Command>, NodeReport.Described> nodes = new HashMap<>();
  private final Map<Attempt, Work> works = new HashMap<>();
  private final Set<Lack> lacks = new HashSet<>();

  /**
   * @param slots without any yet
   * @param complete whether no more nodes will come than do at once
   */
  Crew(SlotPool slots, boolean complete) {
    this.slots = slots;
    this.complete = complete;
  }

  /** Takes in a node; whether it was not known. */
  boolean add(NodeReport.Described node) {
    if (nodes.putIfAbsent(node.node(), node) != null) {
      return false;
    }
    slots.add(node.node(), node.devices());
    return true;
  }

  /**
   * The node has gone.
   *
   * @return the attempts that went with it
   */
  List<Assignment> remove(ActorRef<?> node) {
    List<Assignment> lost =
        works.values().stream().filter(work -> work.needs(node)).map(Work::assignment).toList();
    lacks.removeIf(lack -> lack.node().equals(node));
    Optional.ofNullable(nodes.remove(node)).ifPresent(known -> slots.remove(known.node()));
    return lost;
  }

  /** Whether the node has described itself. */
  boolean knows(ActorRef<NodeActor.Command> node) {
    return nodes.containsKey(node);
  }

  /** The nodes of a role, in the order of their addresses. */
  List<ActorRef<NodeActor.Command>> withRole(Role role) {
    return nodes.values().stream()
        .filter(node -> node.roles().contains(role))
        .sorted(Comparator.comparing(NodeReport.Described::address))
        .map(NodeReport.Described::node)
        .toList();
  }

  /** Lanes there have to be. */
  int lanes() {
    return slots.bound();
  }

  /** Whether every slot is taken, and none of a device that failed. */
  boolean isFull() {
    return slots.isFull();
  }

  /** Takes a slot for {@code run}, if a device has room for it and a feeder can serve it. */
  Optional<DeviceSlot> slotFor(RunPlan run) {
    return feeders(run).isEmpty() ? Optional.empty() : slots.take(run);
  }

  /** The nodes that feed, but for those known not to have the run's data. */
  private List<ActorRef<NodeActor.Command>> feeders(RunPlan run) {
    return withRole(Role.FEEDER).stream()
        .filter(node -> !lacks.contains(new Lack(node, run.config().data())))
        .toList();
  }

  /**
   * The node that was to feed {@code attempt} has not its data.
   *
   * @return whether there is another that may
   */
  boolean feedsElsewhere(Attempt attempt) {
    Work work = works.get(attempt);
    RunPlan run = work.assignment().plan();
    lacks.add(new Lack(work.feeding(), run.config().data()));
    return !feeders(run).isEmpty();
  }

  /** Frees a slot that was taken and that nothing was prepared for. */
  void giveBack(DeviceSlot slot) {
    slots.release(slot);
  }

  /** What the user has to know if no device is left, or comes, that may train {@code run}. */
  Optional<UserError> hopeless(RunPlan run) {
    return !complete || nodes.isEmpty() || slots.mayTrain(run)
        ? Optional.empty()
        : Optional.of(slots.noneFor(run));
  }

  /** The device of {@code assignment} has failed: it gets no more runs. */
  void retire(Assignment assignment, DeviceException failure) {
    slots.retire(assignment.slot(), failure);
  }

  /** Whether nothing is at work. */
  boolean isIdle() {
    return works.isEmpty();
  }

  /** The assignment of an attempt that is under way. */
  Optional<Assignment> of(Attempt attempt) {
    return Optional.ofNullable(works.get(attempt)).map(Work::assignment);
  }

  /** Whether the attempt is under way, and a trainer was told. */
  boolean trains(Attempt attempt) {
    return Optional.ofNullable(works.get(attempt)).map(Work::trains).orElse(false);
  }

  /** Lets a feeder prepare the feed of {@code assignment}, whose slot is taken. */
  void prepare(Assignment assignment) {
    ActorRef<NodeActor.Command> feeding = feederFor(assignment);
    works.put(assignment.attempt(), new Work(assignment, feeding, false, System.nanoTime()));
    feeding.tell(new NodeActor.Feed(assignment.attempt()));
  }

  /** The trainer's own node if it may, or the one that feeds least. */
  private ActorRef<NodeActor.Command> feederFor(Assignment assignment) {
    ActorRef<NodeActor.Command> trainer = assignment.slot().node();
    List<ActorRef<NodeActor.Command>> feeders = feeders(assignment.plan());
    return feeders.contains(trainer)
        ? trainer
        : feeders.stream()
            .min(
                Comparator.comparingLong(
                    node -> works.values().stream().filter(w -> w.feeding().equals(node)).count()))
            .orElseThrow(() -> new IllegalStateException("feeders: none (expected: a node)"));
  }

  /** Lets the trainer begin, unless it was told or the attempt is over. */
  void train(NodeReport.FeedReady feed) {
    Work work = works.get(feed.attempt());
    if (work == null || work.trains()) {
      return;
    }
    Assignment assignment = work.assignment();
    works.put(feed.attempt(), new Work(assignment, work.feeding(), true, System.nanoTime()));
    assignment
        .slot()
        .node()
        .tell(
            new NodeActor.Train(
                feed.attempt(),
                assignment.slot().index(),
                feed.references(),
                feed.batchesPerEpoch(),
                feed.feeder(),
                assignment.from()));
  }

  /** Ends the attempt: what works on it stops, and its slot is free again. */
  void release(Attempt attempt) {
    Work work = works.remove(attempt);
    if (work != null) {
      slots.release(work.assignment().slot());
      work.nodes().distinct().forEach(node -> node.tell(new NodeActor.Release(attempt)));
    }
  }

  /** Lets the trainer of an attempt give up, since what it needs is gone. */
  void abort(Attempt attempt, Throwable cause) {
    works.get(attempt).assignment().slot().node().tell(new NodeActor.Abort(attempt, cause));
  }

  /**
   * Compares what a node holds with what it should.
   *
   * @return the attempts it should hold and does not
   */
  List<Assignment> missing(NodeReport.Holding holding) {
    Set<Attempt> held = holding.attempts();
    held.stream()
        .filter(attempt -> !works.containsKey(attempt))
        .forEach(attempt -> holding.node().tell(new NodeActor.Release(attempt)));
    long now = System.nanoTime();
    return works.values().stream()
        .filter(work -> now - work.orderedNanos() > GRACE_NANOS)
        .filter(work -> work.nodes().anyMatch(holding.node()::equals))
        .map(Work::assignment)
        .filter(assignment -> !held.contains(assignment.attempt()))
        .toList();
  }

  /**
   * Asks every trainer to stop at its next step.
   *
   * @return the assignments that do not train yet
   */
  List<Assignment> stop() {
    List<Assignment> idle = new ArrayList<>();
    for (Work work : works.values()) {
      Assignment assignment = work.assignment();
      if (work.trains()) {
        assignment.slot().node().tell(new NodeActor.Stop(assignment.attempt()));
      } else {
        idle.add(assignment);
      }
    }
    return idle;
  }
}
