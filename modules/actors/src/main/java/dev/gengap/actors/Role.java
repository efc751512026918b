package dev.gengap.actors;

import java.util.Locale;

/** What a node does. */
public enum Role {
  /** May be the one that assigns runs and writes the run folder. */
  COORDINATOR,
  /** Makes feeds from the data sets. */
  FEEDER,
  /** Trains, on its devices. */
  TRAINER,
  /** Measures snapshots. */
  MEASURE;

  /** As the command line writes it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
