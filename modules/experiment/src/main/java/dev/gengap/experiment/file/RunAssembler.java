package dev.gengap.experiment.file;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import dev.gengap.core.Problem;
import dev.gengap.core.Seeds;
import dev.gengap.core.UserError;
import dev.gengap.data.Augmentation;
import dev.gengap.data.Condition;
import dev.gengap.data.ImageShape;
import dev.gengap.data.Preprocessing;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.experiment.Environment;
import dev.gengap.experiment.Moment;
import dev.gengap.experiment.NetworkChoice;
import dev.gengap.experiment.NetworkResolver;
import dev.gengap.experiment.RunConfig;
import dev.gengap.experiment.RunConfig.Compute;
import dev.gengap.experiment.RunConfig.DataSelection;
import dev.gengap.experiment.RunConfig.Training;
import dev.gengap.network.NetworkSpec;
import dev.gengap.training.SnapshotPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a run of one cell's values, and checks that they go together. Confined to one thread. */
final class RunAssembler {
  private final Keys keys;
  private final Environment environment;
  private final CellReader cell;

  RunAssembler(Keys keys, Environment environment, CellReader cell) {
    this.keys = keys;
    this.environment = environment;
    this.cell = cell;
  }

  /** The run; empty if something about it has been reported. */
  Optional<RunConfig> assemble() {
    DataAssembler examples = new DataAssembler(keys, environment.data(), cell);
    DataSelection data = examples.data();
    Preprocessing preprocessing = examples.preprocessing(data.shape());
    Condition condition = examples.condition();
    Optional<NetworkChoice> network = network(data, preprocessing);
    Optional<Augmentation> augmentation =
        examples.augmentation(data.shape(), preprocessing.crop(), condition.kind());
    Training training = new TrainingAssembler(keys, cell).training(data.heldOut());
    SnapshotPolicy snapshots = snapshots(data.heldOut());
    Seeds seeds = seeds();
    Compute compute = compute();
    if (network.isEmpty() || augmentation.isEmpty() || !cell.isSound()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunConfig(
            data,
            preprocessing,
            condition,
            augmentation.get(),
            network.get(),
            training,
            snapshots,
            seeds,
            compute));
  }

  private Compute compute() {
    String backend = cell.get(keys.backend);
    if (!cell.get(keys.use).serves(backend) && cell.areSound(keys.use, keys.backend)) {
      List<String> kinds = DeviceKind.of(backend).stream().map(DeviceKind::key).toList();
      cell.refuse(keys.use, "auto or " + String.join(" or ", kinds) + ", for backend = " + backend);
    }
    return new Compute(backend, cell.get(keys.threads));
  }

  private Optional<NetworkChoice> network(DataSelection data, Preprocessing preprocessing) {
    ConfigValue written = cell.get(keys.network);
    String initialiser = cell.get(keys.initialiser);
    int side = Math.min(data.shape().height(), data.shape().width());
    if (!cell.areSound(keys.data.set, keys.data.crop, keys.network)
        || preprocessing.crop() > side) {
      return Optional.empty();
    }
    ImageShape shape = RunConfig.inputShape(data.shape(), preprocessing.crop());
    List<Integer> input = List.of(shape.channels(), shape.height(), shape.width());
    NetworkResolver networks = environment.networks();
    try {
      Optional<ConfigObject> here = writtenHere(written);
      NetworkSpec spec =
          here.isPresent()
              ? networks.inline(
                  here.get().render(ConfigRenderOptions.concise()), input, data.classes())
              : networks.named(located((String) written.unwrapped()), input, data.classes());
      String name = written instanceof ConfigObject ? "inline" : (String) written.unwrapped();
      return Optional.of(new NetworkChoice(name, spec, networks.canonicalText(spec), initialiser));
    } catch (UserError e) {
      e.problems().forEach(problem -> cell.refuse(atKey(problem)));
      return Optional.empty();
    }
  }

  /** The network itself, where it or one of its name is written in the experiment file. */
  private Optional<ConfigObject> writtenHere(ConfigValue network) {
    return network instanceof ConfigObject object
        ? Optional.of(object)
        : Optional.ofNullable(cell.get(keys.networks).get((String) network.unwrapped()));
  }

  /** A path is relative to the file it is written in; a name has no separator and no ending. */
  private String located(String nameOrPath) {
    boolean path =
        nameOrPath.contains("/") || nameOrPath.endsWith(".conf") || nameOrPath.endsWith(".json");
    String file = cell.origin(keys.network).filename();
    return path && file != null ? Path.of(file).resolveSibling(nameOrPath).toString() : nameOrPath;
  }

  private Problem atKey(Problem problem) {
    if (!problem.place().isEmpty()) {
      return problem;
    }
    String name =
        problem.name().startsWith("network") ? problem.name() : "network " + problem.name();
    return new Problem(
        cell.place(keys.network), name, problem.value(), problem.expected(), problem.remedy());
  }

  private SnapshotPolicy snapshots(int heldOut) {
    Every every = cell.get(keys.snapshotsEvery);
    List<Moment> at = cell.get(keys.snapshotsAt);
    List<Double> crossings =
        at.stream()
            .filter(Moment.Crossing.class::isInstance)
            .map(moment -> ((Moment.Crossing) moment).trainLoss())
            .distinct()
            .toList();
    boolean best = at.contains(new Moment.Best());
    if (best && heldOut == 0 && cell.areSound(keys.data.heldOut)) {
      cell.refuse(keys.snapshotsAt, "no best, unless data.held-out is > 0");
    }
    return new SnapshotPolicy(
        every.steps(),
        every.epochs(),
        cell.get(keys.logSpaced),
        crossings,
        cell.get(keys.refine),
        best,
        at.contains(new Moment.End()));
  }

  private Seeds seeds() {
    SeedKeys seeds = keys.seeds;
    Seeds derived = Seeds.derivedFrom(cell.get(seeds.base));
    return new Seeds(
        derived.base(),
        cell.find(seeds.data).orElse(derived.data()),
        cell.find(seeds.labels).orElse(derived.labels()),
        cell.find(seeds.pixels).orElse(derived.pixels()),
        cell.find(seeds.order).orElse(derived.order()),
        cell.find(seeds.initialisation).orElse(derived.initialisation()),
        cell.find(seeds.augmentation).orElse(derived.augmentation()),
        cell.find(seeds.dropout).orElse(derived.dropout()));
  }
}
