package dev.gengap.actors;

import java.util.function.Function;

/**
 * An experiment as one node works on it.
 *
 * <p>Safe for any thread.
 *
 * @param setup what the node has for it
 * @param feeds makes its feeds
 * @param clients of Kafka, for all its feeders and trainers
 * @param release gives back what was opened for it; called once, when nothing of the experiment is
 *     at work in the node any more
 */
record Hosted(ExperimentSetup setup, FeedSource feeds, SharedClients clients, Runnable release) {

  /** Finds an experiment; may wait, and throws what keeps the node from working on it. */
  interface Opening extends Function<ExperimentRef, Hosted> {}

  /**
   * What a node has for {@code setup}.
   *
   * @param release closes what {@code setup} is made of, unless that stays its owner's
   */
  static Hosted of(ExperimentSetup setup, Runnable release) {
    SharedClients clients = new SharedClients(setup.workplace().broker());
    FeedSource feeds = new FeedSource(clients, setup.workplace().data());
    return new Hosted(
        setup,
        feeds,
        clients,
        () -> {
          clients.close();
          release.run();
        });
  }
}
