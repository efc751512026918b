package dev.gengap.experiment.file;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import dev.gengap.core.Problem;
import dev.gengap.core.Seeds;
import dev.gengap.core.UserError;
import dev.gengap.data.Condition;
import dev.gengap.data.ImageShape;
import dev.gengap.data.Preprocessing;
import dev.gengap.experiment.DataCatalogue;
import dev.gengap.experiment.Environment;
import dev.gengap.experiment.Moment;
import dev.gengap.experiment.NetworkChoice;
import dev.gengap.experiment.NetworkResolver;
import dev.gengap.experiment.RunConfig;
import dev.gengap.experiment.RunConfig.Compute;
import dev.gengap.experiment.RunConfig.DataSelection;
import dev.gengap.experiment.RunConfig.Training;
import dev.gengap.network.NetworkSpec;
import dev.gengap.training.Hyperparameters;
import dev.gengap.training.SnapshotPolicy;
import dev.gengap.training.StopRule;
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
    DataSelection data = data();
    Preprocessing preprocessing = preprocessing(data.shape());
    Condition condition = condition();
    Optional<NetworkChoice> network = network(data, preprocessing);
    Training training = new Training(sgd(), stop());
    SnapshotPolicy snapshots = snapshots();
    Seeds seeds = seeds();
    Compute compute = new Compute(cell.get(keys.backend), cell.get(keys.threads));
    if (network.isEmpty() || !cell.isSound()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunConfig(
            data, preprocessing, condition, network.get(), training, snapshots, seeds, compute));
  }

  private DataSelection data() {
    String set = cell.get(keys.dataSet);
    DataCatalogue.Facts facts = environment.data().facts(set);
    int train = count(keys.dataTrain, facts, facts.train(), "training examples of " + set);
    int test = count(keys.dataTest, facts, facts.test(), "test examples of " + set);
    return new DataSelection(set, train, test, facts.shape(), facts.classes());
  }

  private int count(Key<Integer> key, DataCatalogue.Facts facts, int available, String what) {
    int asked = cell.get(key);
    if (asked > available && !facts.extensible() && cell.areSound(keys.dataSet)) {
      cell.refuse(key, "at most " + available + ", the " + what);
    }
    return asked == 0 ? available : asked;
  }

  private Preprocessing preprocessing(ImageShape shape) {
    int crop = cell.get(keys.crop);
    int side = Math.min(shape.height(), shape.width());
    if (crop > side && cell.areSound(keys.dataSet)) {
      cell.refuse(keys.crop, "at most " + side + ", the images' smaller side");
    }
    return new Preprocessing(crop, cell.get(keys.scaling));
  }

  private Condition condition() {
    return new Condition(
        cell.get(keys.conditionKind),
        cell.get(keys.conditionP),
        cell.get(keys.permuteChannels),
        cell.get(keys.gaussian).equals("per-channel"),
        cell.get(keys.testLabels));
  }

  private Optional<NetworkChoice> network(DataSelection data, Preprocessing preprocessing) {
    ConfigValue written = cell.get(keys.network);
    String initialiser = cell.get(keys.initialiser);
    int side = Math.min(data.shape().height(), data.shape().width());
    if (!cell.areSound(keys.dataSet, keys.crop, keys.network) || preprocessing.crop() > side) {
      return Optional.empty();
    }
    ImageShape shape = RunConfig.inputShape(data.shape(), preprocessing.crop());
    List<Integer> input = List.of(shape.channels(), shape.height(), shape.width());
    NetworkResolver networks = environment.networks();
    try {
      boolean inline = written instanceof ConfigObject;
      NetworkSpec spec =
          inline
              ? networks.inline(
                  written.render(ConfigRenderOptions.concise()), input, data.classes())
              : networks.named(located((String) written.unwrapped()), input, data.classes());
      String name = inline ? "inline" : (String) written.unwrapped();
      return Optional.of(new NetworkChoice(name, spec, networks.canonicalText(spec), initialiser));
    } catch (UserError e) {
      e.problems().forEach(problem -> cell.refuse(atKey(problem)));
      return Optional.empty();
    }
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

  private Hyperparameters sgd() {
    return new Hyperparameters(
        cell.get(keys.batchSize),
        cell.get(keys.learningRate),
        cell.get(keys.momentum),
        cell.get(keys.weightDecay),
        cell.get(keys.learningRateDecay));
  }

  private StopRule stop() {
    StopRule stop =
        new StopRule(
            cell.get(keys.stopTrainLoss),
            cell.get(keys.evaluate),
            cell.get(keys.maxEpochs),
            cell.get(keys.maxSteps));
    boolean endless = stop.trainLoss().isEmpty() && stop.maxEpochs() == 0 && stop.maxSteps() == 0;
    if (endless && cell.areSound(keys.stopTrainLoss, keys.maxEpochs, keys.maxSteps)) {
      cell.refuse(keys.maxEpochs, "> 0, unless train-loss or max-steps ends the run");
    }
    return stop;
  }

  private SnapshotPolicy snapshots() {
    Every every = cell.get(keys.snapshotsEvery);
    List<Moment> at = cell.get(keys.snapshotsAt);
    List<Double> crossings =
        at.stream()
            .filter(Moment.Crossing.class::isInstance)
            .map(moment -> ((Moment.Crossing) moment).trainLoss())
            .distinct()
            .toList();
    return new SnapshotPolicy(
        every.steps(),
        every.epochs(),
        cell.get(keys.logSpaced),
        crossings,
        cell.get(keys.refine),
        at.contains(new Moment.End()));
  }

  private Seeds seeds() {
    Seeds derived = Seeds.derivedFrom(cell.get(keys.seed));
    return new Seeds(
        derived.base(),
        cell.find(keys.seedData).orElse(derived.data()),
        cell.find(keys.seedLabels).orElse(derived.labels()),
        cell.find(keys.seedPixels).orElse(derived.pixels()),
        cell.find(keys.seedOrder).orElse(derived.order()),
        cell.find(keys.seedInitialisation).orElse(derived.initialisation()));
  }
}
