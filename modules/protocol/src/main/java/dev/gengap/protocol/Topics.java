package dev.gengap.protocol;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The topic names of one experiment: {@code gengap.<experiment>.<topic>}, and {@code
 * gengap.<experiment>.lane.<slot>} for lanes.
 *
 * @param experiment name of the experiment: 1 … 180 letters, digits, {@code _} and {@code -}
 */
public record Topics(String experiment) {
  /** The experiments submitted to a cluster: one topic for them all. */
  public static final Topic EXPERIMENTS = new Topic("gengap.experiments", TopicKind.EXPERIMENTS);

  /** Where the nodes of the cluster listen: one topic for them all. */
  public static final Topic NODES = new Topic("gengap.nodes", TopicKind.NODES);

  private static final Set<TopicKind> SHARED = EnumSet.of(TopicKind.EXPERIMENTS, TopicKind.NODES);

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,180}");

  /**
   * A topic that an experiment needs.
   *
   * @param name full name
   * @param kind its row of the table
   */
  public record Topic(String name, TopicKind kind) {}

  /**
   * @throws UserError if the name cannot be part of a topic's name
   */
  public Topics {
    if (!FORM.matcher(experiment).matches()) {
      throw new UserError(
          Problem.of("", "name", experiment, "1 … 180 letters, digits, underscores and hyphens"));
    }
  }

  /** Name of the lane of a slot, counted from 0. */
  public String lane(int slot) {
    if (slot < 0) {
      throw new IllegalArgumentException("slot: " + slot + " (expected: ≥ 0)");
    }
    return prefix() + TopicKind.LANE.suffix() + "." + slot;
  }

  /** Name of any topic of the experiment but a lane. */
  public String name(TopicKind kind) {
    if (kind == TopicKind.LANE) {
      throw new IllegalArgumentException("topic: lane (expected: any other; lanes have slots)");
    }
    if (SHARED.contains(kind)) {
      throw new IllegalArgumentException(
          "topic: " + kind.suffix() + " (expected: one of an experiment)");
    }
    return prefix() + kind.suffix();
  }

  /** Every topic of the experiment with lanes 0 … {@code slots} − 1. */
  public List<Topic> all(int slots) {
    List<Topic> topics = new ArrayList<>();
    for (TopicKind kind : TopicKind.values()) {
      if (kind != TopicKind.LANE && !SHARED.contains(kind)) {
        topics.add(new Topic(name(kind), kind));
      }
    }
    for (int slot = 0; slot < slots; slot++) {
      topics.add(new Topic(lane(slot), TopicKind.LANE));
    }
    return List.copyOf(topics);
  }

  /** What the names of this experiment's topics begin with. */
  public String prefix() {
    return "gengap." + experiment + ".";
  }
}
