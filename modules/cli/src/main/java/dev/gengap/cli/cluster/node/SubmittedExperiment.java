package dev.gengap.cli.cluster.node;

import dev.gengap.actors.ClusterExperiment;
import dev.gengap.actors.DeviceOffer;
import dev.gengap.actors.ExperimentSetup;
import dev.gengap.actors.Resumption;
import dev.gengap.actors.Role;
import dev.gengap.actors.Workplace;
import dev.gengap.cli.experiment.Installation;
import dev.gengap.cli.experiment.ShippedEnvironment;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.file.ExperimentFile;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.monitor.report.HtmlReport;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.streams.BrokerConnection;
import java.util.List;

/** An experiment that was submitted, as this process works on it. Caller closes. */
final class SubmittedExperiment implements ClusterExperiment {
  private final ExperimentSetup setup;
  private final BrokerConnection connection;

  private SubmittedExperiment(ExperimentSetup setup, BrokerConnection connection) {
    this.setup = setup;
    this.connection = connection;
  }

  /**
   * @throws dev.gengap.core.UserError if this process lacks something the experiment needs
   */
  static SubmittedExperiment open(NodeKit kit, Submission submission) {
    String name = submission.getName();
    Experiment experiment =
        ExperimentFile.parse(
            submission.getConfig(),
            "experiment " + name,
            ShippedEnvironment.create(kit.catalogue()));
    List<DeviceOffer> devices =
        kit.roles().contains(Role.TRAINER) ? Installation.offers(experiment) : List.of();
    BrokerConnection connection = BrokerConnection.open(kit.brokers().experiment(name));
    try {
      connection.createTopics(1, kit.topics());
      RunFolder folder =
          RunFolder.prepare(kit.runs(), experiment, Installation.provenance(experiment));
      Workplace workplace =
          new Workplace(
              connection,
              devices,
              Installation.cpu(experiment.devices()),
              kit.data(),
              folder,
              Resumption.ON_KAFKA);
      return new SubmittedExperiment(
          new ExperimentSetup(experiment, kit.catalogue(), workplace, folder.finished().keySet()),
          connection);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public ExperimentSetup setup() {
    return setup;
  }

  @Override
  public void summarise() {
    RunFolder folder = setup.workplace().folder();
    folder.writeSummary(setup.experiment());
    HtmlReport.write(setup.experiment(), folder);
  }

  @Override
  public void close() {
    connection.close();
  }
}
