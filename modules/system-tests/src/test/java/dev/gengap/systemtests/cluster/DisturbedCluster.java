package dev.gengap.systemtests.cluster;

import dev.gengap.systemtests.process.KafkaCluster;
import dev.gengap.systemtests.process.Polling;
import dev.gengap.systemtests.process.RunningCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** Lets the processes of a cluster suffer what a schedule says. Confined to one thread. */
final class DisturbedCluster {
  /** An experiment that takes longer hangs. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final KafkaCluster kafka;
  private final NodeCluster nodes;

  /** What is down, and how it comes back. */
  private record Down(String name, long untilNanos, Runnable back) {
    boolean isDue() {
      return System.nanoTime() >= untilNanos;
    }
  }

  DisturbedCluster(KafkaCluster kafka, NodeCluster nodes) {
    this.kafka = kafka;
    this.nodes = nodes;
  }

  /**
   * Plays the schedule until the experiment has ended and everything is back.
   *
   * @param progress part of the experiment's training that is done
   * @param ended whether the experiment has ended
   * @return the disturbances that happened, which are all unless it ended before
   */
  List<Disturbance> play(KillSchedule schedule, DoubleSupplier progress, BooleanSupplier ended) {
    Deque<Disturbance> next = new ArrayDeque<>(schedule.disturbances());
    List<Disturbance> happened = new ArrayList<>();
    List<Down> down = new ArrayList<>();
    BooleanSupplier over =
        () -> {
          List<Down> due = down.stream().filter(Down::isDue).toList();
          due.stream().map(Down::back).forEach(Runnable::run);
          down.removeAll(due);
          if (!next.isEmpty() && progress.getAsDouble() >= next.peek().progress()) {
            disturb(next.peek(), down)
                .ifPresent(
                    victim -> {
                      down.add(victim);
                      happened.add(next.remove());
                    });
          }
          return ended.getAsBoolean() && down.isEmpty();
        };
    if (!Polling.until(PATIENCE, over)) {
      throw new IllegalStateException(
          "experiment: at %.2f after %s, happened: %s, down: %s (expected: its end)"
              .formatted(progress.getAsDouble(), PATIENCE, happened, down));
    }
    return happened;
  }

  /** What went down; nothing while the victim is down, or could not be lost. */
  private Optional<Down> disturb(Disturbance what, List<Down> down) {
    if (what.victim() == Disturbance.Victim.BROKER) {
      return down.stream().anyMatch(other -> other.name().equals(what.victim().name()))
          ? Optional.empty()
          : Optional.of(disturbBroker(what));
    }
    List<String> names =
        candidates(what.victim()).stream()
            .filter(name -> down.stream().noneMatch(other -> other.name().equals(name)))
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(disturbNode(what, names.get(what.which() % names.size())));
  }

  private List<String> candidates(Disturbance.Victim victim) {
    return switch (victim) {
      case FEEDER -> nodes.withRole(NodeCluster.FEEDER);
      case TRAINER -> nodes.withRole(NodeCluster.TRAINER);
      case MEASURE -> nodes.withRole(NodeCluster.MEASURE);
      case HOST -> nodes.coordinators();
      case BROKER -> throw new IllegalArgumentException("victim: a broker (expected: a node)");
    };
  }

  private static Down down(Disturbance what, String name, Runnable back) {
    return new Down(name, System.nanoTime() + what.pause().toNanos(), back);
  }

  private Down disturbBroker(Disturbance what) {
    int broker = what.which() % kafka.size();
    String name = what.victim().name();
    kafka.awaitInSync();
    if (what.freezes()) {
      kafka.freeze(broker);
      return down(what, name, () -> kafka.thaw(broker));
    }
    kafka.kill(broker);
    return down(what, name, () -> kafka.start(broker));
  }

  private Down disturbNode(Disturbance what, String name) {
    RunningCommand node = nodes.node(name);
    if (what.freezes()) {
      node.signal("STOP");
      return down(what, name, () -> node.signal("CONT"));
    }
    node.kill();
    return down(what, name, () -> nodes.start(name));
  }
}
