package dev.gengap.actors;

import dev.gengap.core.Hashes;
import dev.gengap.experiment.Experiment;

/**
 * Which experiment, for those who have to read it themselves.
 *
 * @param name of the experiment
 * @param content SHA-256 of its file, in hexadecimal digits: a file that was edited is another
 */
public record ExperimentRef(String name, String content) {

  /** The reference to {@code experiment}. */
  static ExperimentRef to(Experiment experiment) {
    return of(experiment.name(), experiment.text());
  }

  /** The reference to the experiment {@code name} with the file {@code text}. */
  public static ExperimentRef of(String name, String text) {
    return new ExperimentRef(name, Hashes.sha256(text));
  }
}
