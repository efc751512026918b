package dev.gengap.protocol;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;

/** The version of the message schemas; every message carries it. */
public final class SchemaVersion {
  /** What this build writes, and the newest it reads. */
  public static final int CURRENT = 1;

  private SchemaVersion() {}

  /**
   * Refuses a message of a version this build does not know.
   *
   * @param version what the message carries; 0 where it carries none
   * @param what where the message was found, such as topic, partition and offset
   * @throws UserError if the version is unknown: another Gengap wrote it
   */
  public static void check(int version, String what) {
    if (version > CURRENT) {
      throw new UserError(
          Problem.of(what, "schema version", version, "at most " + CURRENT)
              .withRemedy("upgrade gengap to the version that wrote it"));
    }
    if (version < 1) {
      throw new UserError(
          Problem.of(what, "schema version", version, "1 … " + CURRENT)
              .withRemedy("the topic holds records that gengap did not write"));
    }
  }
}
