package dev.gengap.cli.experiment;

import dev.gengap.streams.TopicSettings;
import picocli.CommandLine.Option;

/** The options that say how safely brokers keep an experiment's records. Mixed into commands. */
public final class TopicOptions {
  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "1",
      description = "Copies of each record on the brokers named by --bootstrap (default: 1).")
  private int replication;

  @Option(
      names = "--min-insync",
      paramLabel = "N",
      description =
          "Copies that must be written before a record counts (default: one fewer than"
              + " --replication, at least 1).")
  private Integer minInsync;

  /**
   * What topics are created with, and those that exist are checked against.
   *
   * @throws dev.gengap.core.UserError if the numbers do not fit each other
   */
  public TopicSettings settings() {
    return minInsync == null
        ? TopicSettings.of(replication)
        : new TopicSettings(replication, minInsync);
  }
}
