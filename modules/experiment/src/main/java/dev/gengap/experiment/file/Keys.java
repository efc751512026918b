package dev.gengap.experiment.file;

import static dev.gengap.experiment.file.Key.experiment;
import static dev.gengap.experiment.file.Key.run;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.gengap.experiment.DeviceChoice;
import dev.gengap.experiment.Environment;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.experiment.KeepPolicy;
import dev.gengap.experiment.Moment;
import dev.gengap.experiment.SlotCounts;
import dev.gengap.training.SnapshotPolicy.Refinement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The one table of keys: what a file may say, what it means, what holds if it says nothing. */
final class Keys {
  final Key<String> name =
      experiment(
          "name",
          ValueType.text(
              "lower-case letters, digits, '-' and '_', a letter or digit first",
              text -> Optional.of(text).filter(t -> t.matches("[a-z0-9][a-z0-9_-]{0,99}"))),
          "",
          "Name of the experiment and of its run folder. Without it, the file's name.");
  final SeedKeys seeds = new SeedKeys();
  final DataKeys data;
  final AugmentationKeys augmentation = new AugmentationKeys();

  final Key<ConfigValue> network =
      run(
          "network",
          new ValueType<>(
              "a network's name, the path of a file, or an object with layers",
              value -> Optional.of(value).filter(Keys::isNetwork)),
          "mlp-1x512",
          "What is trained. A path is relative to the file it is written in.");
  final Key<Map<String, ConfigObject>> networks =
      experiment(
          "networks",
          new ValueType<>("an object: name = {layers = […]}, …", Keys::networks),
          "{}",
          "Networks of this file by names of their own, for network to take.");
  final Key<String> initialiser;

  final TrainingKeys training = new TrainingKeys();

  final Key<Every> snapshotsEvery =
      run(
          "snapshots.every",
          ValueType.text(Every.FORMS, Every::parse),
          "none",
          "Take a snapshot every so many epochs or steps.");
  final Key<Boolean> logSpaced =
      run("snapshots.log-spaced", ValueType.flag(), "false", "Also after 1, 2, 4, 8, … steps.");
  final Key<List<Moment>> snapshotsAt =
      run(
          "snapshots.at",
          ValueType.listOf(ValueType.text(Moment.FORMS, Moment::parse)),
          "[start, end]",
          "And at these moments; start is always one.");
  final Key<List<Refinement>> refine =
      run(
          "snapshots.refine",
          ValueType.listOf(RefinementType.refinement()),
          "[]",
          "Check the loss more often than once an epoch, once it is at or below train-loss.");
  final Key<KeepPolicy> keep =
      experiment(
          "snapshots.keep",
          ValueType.text(KeepPolicy.FORMS, KeepPolicy::parse),
          "all",
          "Which snapshots stay as files.");

  final Key<Integer> window =
      experiment(
          "feed.window",
          ValueType.integer(0),
          "0",
          "Minibatches a feeder may be ahead of its trainer; 0: 64 with pixels, 1024 with ids.");
  final Key<Payload> payload =
      experiment(
          "feed.payload",
          ValueType.constant(Payload.values()),
          "pixels",
          "What a record of the feed carries: examples, or their numbers in the reference set.");
  final Key<DeviceChoice> use =
      experiment("devices.use", DeviceTypes.choice(), "auto", "What computes.");
  final Key<Integer> threads =
      experiment(
          "devices.threads",
          ValueType.integer(1),
          "1",
          "Threads of each trainer. The bits depend on it, so it is part of every run's id.");
  final Key<SlotCounts> slots =
      experiment(
          "devices.slots",
          DeviceTypes.slots(),
          "0",
          "Runs that fill a device; 0: processors / threads on the CPU, 1 on others.");
  final Key<String> backend;

  private final List<Key<?>> all;

  Keys(Environment environment) {
    data = new DataKeys(environment.data().names());
    List<String> initialisers = environment.networks().initialisers();
    initialiser =
        run(
            "initialiser",
            ValueType.choice(initialisers),
            initialisers.get(0),
            "Distribution of the parameters at step 0.");
    List<String> backends = environment.backends();
    backend = run("backend", ValueType.choice(backends), backends.get(0), "The tensor library.");
    List<Key<?>> first = List.of(name);
    List<Key<?>> model = List.of(network, networks, initialiser);
    List<Key<?>> rest =
        List.of(
            snapshotsEvery,
            logSpaced,
            snapshotsAt,
            refine,
            keep,
            window,
            payload,
            use,
            threads,
            slots,
            backend);
    all =
        Stream.of(first, seeds.all(), data.all(), augmentation.all(), model, training.all(), rest)
            .<Key<?>>flatMap(List::stream)
            .toList();
  }

  /** Every key, in the order of the documentation. */
  List<Key<?>> all() {
    return all;
  }

  Optional<Key<?>> find(String path) {
    return all.stream().filter(key -> key.path().equals(path)).findFirst();
  }

  /** Whether keys lie below {@code path}. */
  boolean isSection(String path) {
    return all.stream().anyMatch(key -> key.path().startsWith(path + "."));
  }

  /** The names that may stand directly below {@code section} (empty: the top). */
  List<String> children(String section) {
    String prefix = section.isEmpty() ? "" : section + ".";
    return all.stream()
        .map(Key::path)
        .filter(path -> path.startsWith(prefix))
        .map(path -> path.substring(prefix.length()).split("\\.", 2)[0])
        .distinct()
        .toList();
  }

  /** The values that hold where a file is silent, as a file of their own. */
  String standardFile() {
    StringBuilder file = new StringBuilder();
    for (Key<?> key : all) {
      if (!key.standard().isEmpty()) {
        file.append(key.path()).append(" = ").append(key.standard()).append('\n');
      }
    }
    return file.toString();
  }

  private static Optional<Map<String, ConfigObject>> networks(ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      return Optional.empty();
    }
    Map<String, ConfigObject> networks = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      if (!(entry.getValue() instanceof ConfigObject network)) {
        return Optional.empty();
      }
      networks.put(entry.getKey(), network);
    }
    return Optional.of(networks);
  }

  private static boolean isNetwork(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        || value.valueType() == ConfigValueType.OBJECT;
  }
}
