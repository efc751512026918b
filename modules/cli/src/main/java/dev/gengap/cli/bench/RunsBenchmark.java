package dev.gengap.cli.bench;

import dev.gengap.actors.DataLibrary;
import dev.gengap.actors.DeviceOffer;
import dev.gengap.actors.ExperimentSetup;
import dev.gengap.actors.ExperimentSystem;
import dev.gengap.actors.Resumption;
import dev.gengap.actors.Workplace;
import dev.gengap.broker.EmbeddedBroker;
import dev.gengap.cli.experiment.ShippedEnvironment;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.file.ExperimentFile;
import dev.gengap.experiment.results.Provenance;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.measures.Catalogue;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.StreamsConfig;
import dev.gengap.streams.TopicSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Takes an experiment through all of its runs, each of one step that computes nothing, with a data
 * set, a feed and two snapshots of its own.
 *
 * @param runs how many
 * @param slots of the device, which train at once
 */
record RunsBenchmark(int runs, int slots) {
  private static final String NAME = "bench-runs";

  /**
   * What that took.
   *
   * @param seconds from the start of the actors to the last record in the run folder
   * @param heapBytes what the process holds after the last run and a collection of garbage
   * @param threads alive then
   */
  record Result(double seconds, long heapBytes, int threads) {}

  Result run() {
    try (ScratchFolder scratch = ScratchFolder.create();
        EmbeddedBroker broker =
            EmbeddedBroker.start(scratch.path().resolve("broker"), RunsBenchmark::failed);
        BrokerConnection connection =
            BrokerConnection.open(StreamsConfig.of(broker.bootstrap(), NAME))) {
      connection.createTopics(slots, TopicSettings.of(1));
      return run(setup(scratch.path(), connection));
    }
  }

  private static Result run(ExperimentSetup setup) {
    long begin = System.nanoTime();
    try (ExperimentSystem system = ExperimentSystem.start(setup)) {
      system.await();
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.gc();
      return new Result(
          seconds,
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          ManagementFactory.getThreadMXBean().getThreadCount());
    }
  }

  private ExperimentSetup setup(Path folder, BrokerConnection connection) {
    Experiment experiment = experiment(folder);
    DeviceOffer idle =
        new DeviceOffer(new Device(DeviceKind.CPU, 0, "idle"), slots, IdleBackend::new);
    Workplace workplace =
        new Workplace(
            connection,
            List.of(idle),
            idle,
            new DataLibrary(Optional.empty()),
            RunFolder.prepare(
                folder, experiment, new Provenance(Map.of(), Optional.empty(), List.of())),
            Resumption.ON_KAFKA);
    return new ExperimentSetup(experiment, Catalogue.builtIn(), workplace, Set.of());
  }

  private Experiment experiment(Path folder) {
    String seeds =
        IntStream.rangeClosed(1, runs).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String text =
        """
        name = %s
        data { set = generated, train = 20, test = 10 }
        network = mlp-1x8
        training { batch-size = 20, stop { max-epochs = 1 } }
        grid { seed = [%s] }
        snapshots { at = [start, end], keep = none }
        measures { }
        devices { slots = %d }
        """
            .formatted(NAME, seeds, slots);
    try {
      Path file = Files.writeString(folder.resolve("experiment.conf"), text);
      return ExperimentFile.load(file, ShippedEnvironment.create(Catalogue.builtIn()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void failed(String line) {
    throw new IllegalStateException(line);
  }
}
