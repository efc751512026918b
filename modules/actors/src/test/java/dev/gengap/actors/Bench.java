package dev.gengap.actors;

import com.google.protobuf.Message;
import dev.gengap.compute.Backend;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.experiment.BuiltInData;
import dev.gengap.experiment.BuiltInNetworks;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.experiment.Environment;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.file.ExperimentFile;
import dev.gengap.experiment.results.Provenance;
import dev.gengap.experiment.results.RunFiles;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.measures.Catalogue;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.RecordTail;
import dev.gengap.streams.TopicSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** An experiment with a broker, a run folder and a backend, all of them real. Caller closes. */
final class Bench implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final SharedBroker.Running broker;
  private final Path dir;
  private final BrokerConnection connection;
  private Experiment experiment;
  private List<DeviceOffer> devices = List.of(cpu(0, "cpu", () -> Nd4jBackend.create(1)));
  private Supplier<Backend> measuring = () -> Nd4jBackend.create(1);

  private Bench(SharedBroker.Running broker, Path dir, String name) {
    this.broker = broker;
    this.dir = dir;
    this.connection = broker.connect(name, 2);
  }

  /** The experiment {@code text}, without its name. */
  static Bench open(SharedBroker.Running broker, Path dir, String name, String... text) {
    Bench bench = new Bench(broker, dir, name);
    bench.edit("name = " + name + "\n" + String.join("\n", text));
    return bench;
  }

  /** Another folder of results of the same file, with topics of its own. */
  Bench twin(Path folder, String name) {
    Bench twin = new Bench(broker, folder, name);
    twin.edit(experiment.text().replaceFirst("name = \\S+", "name = " + name));
    return twin;
  }

  /** Replaces the file. */
  void edit(String text) {
    experiment = load(dir, text);
  }

  /** The experiment {@code text}, as a file in {@code dir}. */
  static Experiment load(Path dir, String text) {
    try {
      Path file = Files.writeString(dir.resolve("experiment.conf"), text);
      return ExperimentFile.load(file, environment());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets one device train, with these backends. */
  void training(Supplier<Backend> backends) {
    devices = List.of(cpu(0, "cpu", backends));
  }

  void devices(DeviceOffer... offers) {
    devices = List.of(offers);
  }

  void measuring(Supplier<Backend> backends) {
    measuring = backends;
  }

  /** A device that computes as the processors do, whatever its {@code index} and name. */
  static DeviceOffer cpu(int index, String name, Supplier<Backend> backends) {
    return new DeviceOffer(new Device(DeviceKind.CPU, index, name), 1, backends);
  }

  private static Environment environment() {
    Map<String, List<String>> measures = new LinkedHashMap<>();
    for (String name : Catalogue.builtIn().groups()) {
      measures.put(
          name,
          Catalogue.builtIn().named(List.of(name)).stream().map(m -> m.describe().key()).toList());
    }
    return new Environment(
        Path.of("."),
        new BuiltInData(Optional.empty()),
        new BuiltInNetworks(),
        measures,
        List.of("nd4j"));
  }

  Experiment experiment() {
    return experiment;
  }

  BrokerConnection connection() {
    return connection;
  }

  RunFolder folder() {
    return RunFolder.prepare(
        dir, experiment, new Provenance(Map.of(), Optional.empty(), List.of()));
  }

  /** The files of run number {@code index} of the grid. */
  RunFiles files(int index) {
    return folder().run(experiment.runs().get(index).id());
  }

  String run(int index) {
    return experiment.runs().get(index).id().value();
  }

  /** The first run, assigned to the first slot. */
  RunAssignment assignment() {
    RunPlan run = experiment.runs().get(0);
    return new RunAssignment(run, new Attempt(run.id(), 1, 0), devices.get(0), Optional.empty());
  }

  ExperimentSetup setup() {
    RunFolder folder = folder();
    Workplace workplace =
        new Workplace(
            connection,
            devices,
            cpu(0, "test", measuring),
            new DataLibrary(Optional.empty()),
            folder,
            Resumption.IN_FOLDER);
    return new ExperimentSetup(
        experiment, Catalogue.builtIn(), workplace, folder.finished().keySet());
  }

  ExperimentSystem start() {
    ExperimentSetup setup = setup();
    connection.createTopics(setup.slots(), TopicSettings.of(1));
    return ExperimentSystem.start(setup);
  }

  /** Runs the experiment to its end. */
  void complete() {
    try (ExperimentSystem system = start()) {
      system.await();
    }
  }

  /** Every record of the experiment. */
  List<Message> records() {
    try (RecordTail<Message> tail = RecordTail.openAll(connection)) {
      return tail.readToEnd();
    }
  }

  /** Every state of every run, the oldest first. */
  List<RunState> states() {
    return of(RunState.class);
  }

  /** The newest state of run number {@code index}. */
  RunState state(int index) {
    List<RunState> states =
        of(RunState.class).stream().filter(state -> state.getRun().equals(run(index))).toList();
    return states.get(states.size() - 1);
  }

  List<Measurement> measurements() {
    return of(Measurement.class);
  }

  List<SnapshotManifest> manifests() {
    return of(SnapshotManifest.class);
  }

  private <T extends Message> List<T> of(Class<T> type) {
    return records().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Waits for a record. */
  void awaitRecord(Predicate<Message> wanted) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    List<Message> seen = new ArrayList<>();
    try (RecordTail<Message> tail = RecordTail.openAll(connection)) {
      while (seen.stream().noneMatch(wanted)) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("no such record among " + seen);
        }
        seen.addAll(tail.poll(POLL));
      }
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
