package dev.gengap.cli.cluster.node;

import dev.gengap.actors.ClusterExperiment;
import dev.gengap.actors.ClusterKit;
import dev.gengap.actors.DataLibrary;
import dev.gengap.actors.ExperimentRef;
import dev.gengap.actors.ExperimentSetup;
import dev.gengap.actors.Role;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.measures.Catalogue;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.Brokers;
import dev.gengap.streams.Submissions;
import dev.gengap.streams.TopicSettings;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * What a node of this installation works with.
 *
 * @param brokers all its records are there
 * @param topics what topics are created with
 * @param roles what the node does
 * @param catalogue measures it knows
 * @param data its data sets
 * @param runs folder of run folders
 */
record NodeKit(
    Brokers brokers,
    TopicSettings topics,
    Set<Role> roles,
    Catalogue catalogue,
    DataLibrary data,
    Path runs)
    implements ClusterKit {

  @Override
  public Supplier<Submissions> submissions() {
    return () -> Submissions.open(brokers, topics);
  }

  @Override
  public Function<ExperimentRef, ClusterExperiment> opening() {
    return ref -> SubmittedExperiment.open(this, submission(ref));
  }

  private Submission submission(ExperimentRef ref) {
    try (Submissions submissions = submissions().get()) {
      return submissions
          .find(ref.name())
          .filter(found -> ExperimentRef.of(found.getName(), found.getConfig()).equals(ref))
          .orElseThrow(
              () ->
                  new UserError(
                      Problem.of(
                          "", "experiment", ref.name(), "one that is submitted as asked for")));
    }
  }

  @Override
  public IntConsumer lanes(ExperimentSetup setup) {
    return lanes -> setup.workplace().broker().createTopics(lanes, topics);
  }

  @Override
  public void delete(String name) {
    try (BrokerConnection connection = BrokerConnection.open(brokers.experiment(name))) {
      connection.deleteTopics();
    }
    try (Submissions submissions = submissions().get()) {
      submissions.remove(name);
    }
  }
}
