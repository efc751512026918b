package dev.gengap.systemtests.cluster;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.systemtests.cluster.Disturbance.Victim;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What happens to a cluster in the course of one experiment: the same for the same seed. Immutable.
 *
 * @param disturbances in the order in which they happen
 */
record KillSchedule(long seed, List<Disturbance> disturbances) {
  private static final int DISTURBANCES = 2;

  private static final List<Victim> VICTIMS =
      List.of(Victim.FEEDER, Victim.TRAINER, Victim.MEASURE, Victim.HOST, Victim.BROKER);

  /** Longer than nodes wait for one that fell silent before they give it up. */
  private static final Duration FROZEN = Duration.ofSeconds(30);

  private static final int LONGEST_PAUSE_MILLIS = 8_000;

  /** One disturbance in so many freezes. */
  private static final int FREEZING = 4;

  /** The schedule that {@code seed} gives. */
  static KillSchedule draw(long seed) {
    CounterRandom random = CounterRandom.of(seed, RandomStream.SEED_DERIVATION);
    return new KillSchedule(
        seed, IntStream.range(0, DISTURBANCES).mapToObj(i -> draw(random, i)).toList());
  }

  private static Disturbance draw(CounterRandom random, int i) {
    boolean freezes = random.below(i, 1, FREEZING) == 0;
    return new Disturbance(
        VICTIMS.get(random.below(i, 0, VICTIMS.size())),
        random.below(i, 2, Integer.MAX_VALUE),
        freezes,
        0.1 + (i + random.uniform(i, 3)) * 0.35,
        freezes ? FROZEN : Duration.ofMillis(random.below(i, 4, LONGEST_PAUSE_MILLIS)));
  }

  @Override
  public String toString() {
    return "seed " + seed + ": " + disturbances;
  }
}
