package dev.gengap.experiment.file;

import static dev.gengap.experiment.file.Key.Scope.EXPERIMENT;
import static dev.gengap.experiment.file.Key.Scope.RUN;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.gengap.data.Condition.TestLabels;
import dev.gengap.data.ConditionKind;
import dev.gengap.data.Preprocessing.Scaling;
import dev.gengap.experiment.Environment;
import dev.gengap.experiment.KeepPolicy;
import dev.gengap.experiment.Moment;
import dev.gengap.experiment.RunDescription;
import dev.gengap.training.SnapshotPolicy.Refinement;
import dev.gengap.training.StopRule.LossSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The one table of keys: what a file may say, what it means, what holds if it says nothing. */
final class Keys {
  final Key<String> name =
      new Key<>(
          "name",
          ValueType.text(
              "lower-case letters, digits, '-' and '_', a letter or digit first",
              text -> Optional.of(text).filter(t -> t.matches("[a-z0-9][a-z0-9_-]{0,99}"))),
          "",
          EXPERIMENT,
          "Name of the experiment and of its run folder. Without it, the file's name.");
  final Key<Long> seed =
      run("seed", ValueType.longInteger(), "1", "Base seed, from which the others are derived.");
  final Key<Long> seedData = ownSeed("data", "the generated data set and choices of subsets");
  final Key<Long> seedLabels = ownSeed("labels", "which labels are corrupted, and to what");
  final Key<Long> seedPixels = ownSeed("pixels", "permutations and noise of the images");
  final Key<Long> seedOrder = ownSeed("order", "the order of examples in each epoch");
  final Key<Long> seedInitialisation = ownSeed("initialisation", "the parameters at step 0");

  final Key<String> dataSet;
  final Key<Integer> dataTrain =
      run(
          "data.train",
          ValueType.integer(0).or("all", 0),
          "all",
          "Training examples: the first so many; 0 is all.");
  final Key<Integer> dataTest =
      run(
          "data.test",
          ValueType.integer(0).or("all", 0),
          "all",
          "Test examples: the first so many; 0 is all.");
  final Key<Integer> crop =
      run(
          "preprocessing.crop",
          ValueType.integer(0),
          "0",
          "Side of the centre crop [pixels]; 0 keeps the whole image.");
  final Key<Scaling> scaling =
      run(
          "preprocessing.scaling",
          constants(Scaling.values()),
          "per-image-whitening",
          "How bytes become inputs: x/255, and then by the image's mean and deviation or not.");

  final Key<ConditionKind> conditionKind =
      run("condition.kind", constants(ConditionKind.values()), "none", "What is done to the data.");
  final Key<Double> conditionP =
      run(
          "condition.p",
          ValueType.number("a number from 0 to 1", p -> p >= 0 && p <= 1),
          "1",
          "Fraction of labels corrupted by partial-labels and permuted-labels.");
  final Key<Boolean> permuteChannels =
      run(
          "condition.permute-channels",
          ValueType.flag(),
          "false",
          "Whether shuffled-pixels and random-pixels move the channels of a pixel apart.");
  final Key<String> gaussian =
      run(
          "condition.gaussian",
          ValueType.choice(List.of("per-channel", "scalar")),
          "per-channel",
          "Whether gaussian matches the mean and variance of each channel or of all together.");
  final Key<TestLabels> testLabels =
      run(
          "condition.test-labels",
          constants(TestLabels.values()),
          "clean",
          "Whether test labels stay as they are or get the noise of the training labels.");

  final Key<ConfigValue> network =
      run(
          "network",
          new ValueType<>(
              "a network's name, the path of a file, or an object with layers",
              value -> Optional.of(value).filter(Keys::isNetwork)),
          "mlp-1x512",
          "What is trained. A path is relative to the file it is written in.");
  final Key<String> initialiser;

  final Key<Integer> batchSize =
      run("training.batch-size", ValueType.integer(1), "128", "Examples in a minibatch.");
  final Key<Double> learningRate =
      run("training.learning-rate", positive(), "0.01", "Learning rate in the first epoch.");
  final Key<Double> momentum =
      run(
          "training.momentum",
          ValueType.number("a number ≥ 0 and < 1", m -> m >= 0 && m < 1),
          "0.9",
          "m in v ← m·v + (g + wd·w), w ← w − lr·v.");
  final Key<Double> weightDecay =
      run(
          "training.weight-decay",
          ValueType.number("a number ≥ 0", wd -> wd >= 0),
          "0",
          "wd in the rule of momentum.");
  final Key<Double> learningRateDecay =
      run(
          "training.learning-rate-decay",
          ValueType.number("a number > 0 and ≤ 1", d -> d > 0 && d <= 1),
          "1",
          "Factor on the learning rate after each epoch.");
  final Key<OptionalDouble> stopTrainLoss =
      run(
          "training.stop.train-loss",
          new ValueType<>(
                  "a number > 0", v -> ValueType.real(v).filter(x -> x > 0).map(OptionalDouble::of))
              .or("none", OptionalDouble.empty()),
          "none",
          "End at the first check that finds the training loss at or below this [nats].");
  final Key<LossSource> evaluate =
      run(
          "training.stop.evaluate",
          constants(LossSource.values()),
          "epoch-mean",
          "The training loss of checks: the epoch's mean (free) or all examples in evaluation mode.");
  final Key<Integer> maxEpochs =
      run("training.stop.max-epochs", ValueType.integer(0), "300", "Most epochs; 0: no limit.");
  final Key<Long> maxSteps =
      run("training.stop.max-steps", ValueType.count(), "0", "Most steps; 0: no limit.");

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
          ValueType.integer(1),
          "64",
          "Minibatches a feeder may be ahead of its trainer.");
  final Key<String> payload =
      experiment(
          "feed.payload",
          ValueType.choice(List.of("pixels")),
          "pixels",
          "What a record of the feed carries.");
  final Key<String> use =
      experiment("devices.use", ValueType.choice(List.of("auto", "cpu")), "auto", "What computes.");
  final Key<Integer> threads =
      experiment(
          "devices.threads",
          ValueType.integer(1),
          "1",
          "Threads of each trainer. The bits depend on it, so it is part of every run's id.");
  final Key<Integer> slots =
      experiment(
          "devices.slots",
          ValueType.integer(0),
          "0",
          "Runs trained at once; 0: processors / threads.");
  final Key<String> backend;

  private final List<Key<?>> all;

  Keys(Environment environment) {
    List<String> sets = environment.data().names();
    dataSet = run("data.set", ValueType.choice(sets), sets.get(0), "The data set.");
    List<String> initialisers = environment.networks().initialisers();
    initialiser =
        run(
            "initialiser",
            ValueType.choice(initialisers),
            initialisers.get(0),
            "Distribution of the parameters at step 0.");
    List<String> backends = environment.backends();
    backend = run("backend", ValueType.choice(backends), backends.get(0), "The tensor library.");
    List<Key<?>> first = List.of(name, seed, seedData, seedLabels, seedPixels, seedOrder);
    List<Key<?>> data = List.of(seedInitialisation, dataSet, dataTrain, dataTest, crop, scaling);
    List<Key<?>> condition =
        List.of(conditionKind, conditionP, permuteChannels, gaussian, testLabels);
    List<Key<?>> training =
        List.of(network, initialiser, batchSize, learningRate, momentum, weightDecay);
    List<Key<?>> stop =
        List.of(learningRateDecay, stopTrainLoss, evaluate, maxEpochs, maxSteps, snapshotsEvery);
    List<Key<?>> rest =
        List.of(
            logSpaced, snapshotsAt, refine, keep, window, payload, use, threads, slots, backend);
    all =
        List.of(first, data, condition, training, stop, rest).stream()
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

  private static Key<Long> ownSeed(String which, String purpose) {
    String meaning = "Seed of " + purpose + ". Without it, derived from seed.";
    return run("seeds." + which, ValueType.longInteger(), "", meaning);
  }

  private static <T> Key<T> run(String path, ValueType<T> type, String standard, String meaning) {
    return new Key<>(path, type, standard, RUN, meaning);
  }

  private static <T> Key<T> experiment(
      String path, ValueType<T> type, String standard, String meaning) {
    return new Key<>(path, type, standard, EXPERIMENT, meaning);
  }

  private static ValueType<Double> positive() {
    return ValueType.number("a number > 0", x -> x > 0);
  }

  private static <E extends Enum<E>> ValueType<E> constants(E[] values) {
    List<String> names = Arrays.stream(values).map(RunDescription::key).toList();
    return new ValueType<>(
        ValueType.choice(names).expected(),
        value ->
            Arrays.stream(values)
                .filter(constant -> RunDescription.key(constant).equals(value.unwrapped()))
                .findFirst());
  }

  private static boolean isNetwork(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        || value.valueType() == ConfigValueType.OBJECT;
  }
}
