package dev.gengap.streams;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.Map;

/**
 * How many brokers keep the records of an experiment.
 *
 * @param replication copies of each record: 1 … number of brokers
 * @param minInsync copies that must be written before a record counts as delivered: 1 … {@code
 *     replication}; with fewer brokers in step, writers wait
 */
public record TopicSettings(int replication, int minInsync) {

  /**
   * @throws UserError if the numbers do not fit each other
   */
  public TopicSettings {
    // Kafka keeps the number in 16 bits.
    if (replication < 1 || replication > Short.MAX_VALUE) {
      throw new UserError(
          Problem.of("--replication", "copies of each record", replication, "at least 1"));
    }
    if (minInsync < 1 || minInsync > replication) {
      throw new UserError(
          Problem.of(
              "--min-insync",
              "copies written",
              minInsync,
              "1 … " + replication + ", the copies of each record"));
    }
  }

  /** One copy fewer than there are suffices, so that the loss of one broker stops nobody. */
  public static TopicSettings of(int replication) {
    return new TopicSettings(replication, Math.max(1, replication - 1));
  }

  /** The same as Kafka names it; nothing acknowledged is given up for a leader that lacks it. */
  Map<String, String> settings() {
    return Map.of(
        "min.insync.replicas",
        Integer.toString(minInsync),
        "unclean.leader.election.enable",
        "false");
  }
}
