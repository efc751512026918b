package dev.gengap.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.compute.UpdateRule;
import dev.gengap.core.Seeds;
import dev.gengap.data.Augmentation;
import dev.gengap.data.Condition;
import dev.gengap.data.ConditionKind;
import dev.gengap.data.Preprocessing;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceChoice;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.experiment.Devices;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.Feed;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.experiment.KeepPolicy;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.Moment;
import dev.gengap.experiment.RunConfig;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.SlotCounts;
import dev.gengap.experiment.TestEnvironment;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import dev.gengap.training.Hyperparameters;
import dev.gengap.training.LearningRate;
import dev.gengap.training.SnapshotPolicy;
import dev.gengap.training.StopRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFileTest {
  @TempDir Path folder;

  @Test
  void load_emptyFile_isOneRunOfTheDefaults() throws IOException {
    Experiment experiment = load("");

    assertThat(experiment.name()).isEqualTo("a");
    assertThat(experiment.runs()).hasSize(1);
    assertThat(experiment.measures()).isEmpty();
    assertThat(experiment.keep()).isEqualTo(KeepPolicy.ALL);
    assertThat(experiment.feed()).isEqualTo(new Feed(64, Payload.PIXELS));
    assertThat(experiment.devices()).isEqualTo(new Devices(DeviceChoice.AUTO, 1, SlotCounts.of(0)));
    RunConfig run = experiment.runs().get(0).config();
    assertThat(run.data().set()).isEqualTo("generated");
    assertThat(run.data().train()).isEqualTo(2_000);
    assertThat(run.condition()).isEqualTo(Condition.of(ConditionKind.NONE, 1));
    assertThat(run.augmentation()).isEqualTo(Augmentation.NONE);
    assertThat(run.seeds()).isEqualTo(Seeds.derivedFrom(1));
    assertThat(run.training().stop())
        .isEqualTo(new StopRule(OptionalDouble.empty(), StopRule.LossSource.EPOCH_MEAN, 0, 300, 0));
  }

  @Test
  void load_everyKey_isRead() throws IOException {
    Experiment experiment =
        load(
            """
            name = full
            seed = 7
            seeds { labels = 1, order = -2, augmentation = 3, dropout = 4 }
            data { set = cifar-10, train = 5000, held-out = 500, test = 1000 }
            preprocessing { crop = 28, scaling = unit }
            condition { kind = partial-labels, p = 0.5, test-labels = same-noise }
            augmentation {
              random-crop = true, padding = 4, flip = true, rotation = 25
              brightness = 0.4, contrast = 0.3, saturation = 0.2, hue = 0.1
            }
            network = mlp-2x64
            initialiser = he-normal
            training {
              batch-size = 100, learning-rate = 0.1, momentum = 0, weight-decay = 5e-4
              learning-rate-decay = 0.95, learning-rate-steps { epochs = [15, 8], factor = 0.2 }
              stop { train-loss = 0.01, evaluate = full, max-epochs = 20, max-steps = 900, patience = 4 }
            }
            snapshots {
              every = 5 epochs, log-spaced = true, at = [start, end, best, "train-loss <= 0.1"]
              refine = [{ train-loss = 0.2, checks-per-epoch = 4 }], keep = last 3
            }
            measures {
              norms {
                use = [margin_p10, margin], at = ["train-loss <= 0.1", end]
                settings { margin_percentile = 10 }
              }
            }
            feed { window = 10 }
            devices { use = cpu, threads = 2, slots = 3 }
            backend = nd4j
            """);

    RunConfig run = experiment.runs().get(0).config();
    assertThat(run.preprocessing()).isEqualTo(new Preprocessing(28, Preprocessing.Scaling.UNIT));
    assertThat(run.condition())
        .isEqualTo(
            new Condition(
                ConditionKind.PARTIAL_LABELS, 0.5, false, true, Condition.TestLabels.SAME_NOISE));
    assertThat(run.augmentation())
        .isEqualTo(
            new Augmentation(true, 4, true, 25, new Augmentation.ColourJitter(0.4, 0.3, 0.2, 0.1)));
    assertThat(run.network().name()).isEqualTo("mlp-2x64");
    assertThat(run.network().spec().input()).containsExactly(3, 28, 28);
    assertThat(run.network().initialiser()).isEqualTo("he-normal");
    assertThat(run.training())
        .isEqualTo(
            new RunConfig.Training(
                new Hyperparameters(
                    100,
                    new LearningRate(0.1, 0.95, List.of(8, 15), 0.2),
                    new UpdateRule.Sgd(0, false, 5e-4)),
                new StopRule(OptionalDouble.of(0.01), StopRule.LossSource.FULL, 4, 20, 900)));
    assertThat(run.stepsPerEpoch()).isEqualTo(45);
    assertThat(run.data().trained()).isEqualTo(4500);
    assertThat(run.maxSteps()).hasValue(900);
    assertThat(run.snapshots())
        .isEqualTo(
            new SnapshotPolicy(
                0,
                5,
                true,
                List.of(0.1),
                List.of(new SnapshotPolicy.Refinement(0.2, 4)),
                true,
                true));
    assertThat(run.seeds().labels()).isEqualTo(1);
    assertThat(run.seeds().order()).isEqualTo(-2);
    assertThat(run.seeds().augmentation()).isEqualTo(3);
    assertThat(run.seeds().dropout()).isEqualTo(4);
    assertThat(run.seeds().data()).isEqualTo(Seeds.derivedFrom(7).data());
    assertThat(run.compute()).isEqualTo(new RunConfig.Compute("nd4j", 2));
    assertThat(experiment.keep()).isEqualTo(new KeepPolicy(3));
    assertThat(experiment.feed().window()).isEqualTo(10);
    assertThat(experiment.measures())
        .containsExactly(
            new MeasureGroup(
                "norms",
                List.of("margin_p10", "margin"),
                List.of("margin_p10", "margin_p5"),
                Set.of(new Moment.Crossing(0.1), new Moment.End()),
                new Settings(Map.of(Setting.MARGIN_PERCENTILE, 10.0))));
  }

  @Test
  void load_randomCropUnderEveryCondition_isPaddedWhereTheConditionFixesTheCrop()
      throws IOException {
    Experiment experiment =
        load(
            """
            preprocessing.crop = 24
            augmentation.random-crop = true
            grid { condition.kind = [none, random-labels, shuffled-pixels] }
            overrides = [
              { when { condition.kind = shuffled-pixels }, set { augmentation.padding = 2 } }
            ]
            """);

    assertThat(experiment.runs().stream().map(run -> run.config().needsUncropped()))
        .containsExactly(true, true, false);
    assertThat(experiment.runs().get(2).config().augmentation().padding()).isEqualTo(2);
  }

  @Test
  void load_slotsOfNetworks_packEachAsTold() throws IOException {
    Experiment experiment =
        load(
            """
            grid { network = [mlp-1x8, mlp-1x16, mlp-1x32] }
            devices { use = [cpu, "opencl:1"], slots { mlp-1x8 = 8, mlp-1x16 = 1, mlp-2x8 = 4 } }
            """);

    assertThat(experiment.runs())
        .extracting(run -> experiment.slotsOf(run, 2))
        .containsExactly(8, 1, 2);
    assertThat(experiment.slotsOn(2)).as("no more than there are runs").isEqualTo(3);
    assertThat(experiment.notes())
        .singleElement()
        .asString()
        .endsWith(":2: devices.slots: mlp-2x8 (expected: a network of the grid)");
  }

  @Test
  void load_devices_areThoseAskedFor() throws IOException {
    DeviceChoice use = load("devices.use = [cpu, \"opencl:1\"]").devices().use();

    assertThat(use.includes(new Device(DeviceKind.CPU, 0, "a"))).isTrue();
    assertThat(use.includes(new Device(DeviceKind.OPENCL, 0, "a"))).isFalse();
    assertThat(use.includes(new Device(DeviceKind.OPENCL, 1, "a"))).isTrue();
    assertThat(use.includes(new Device(DeviceKind.CUDA, 1, "a"))).isFalse();
    assertThat(DeviceChoice.AUTO.includes(new Device(DeviceKind.CUDA, 1, "a"))).isTrue();
  }

  @Test
  void load_inlineNetwork_fitsTheData() throws IOException {
    Experiment experiment =
        load("network { layers = [{type = flatten}, {type = linear, out = 10}] }");

    assertThat(experiment.runs().get(0).config().network().name()).isEqualTo("inline");
    assertThat(experiment.runs().get(0).config().network().spec().parameterCount()).isEqualTo(7850);
  }

  @Test
  void load_networkPath_isRelativeToTheFileItIsWrittenIn() throws IOException {
    RunPlan run = load("network = nets/mlp-1x8.conf").runs().get(0);

    assertThat(run.config().network().spec().parameterCount()).isEqualTo(785 * 8 + 90);
  }

  @Test
  void load_include_besideTheFileComesBeforeThePresets() throws IOException {
    Files.createDirectories(folder.resolve("presets"));
    Files.writeString(
        folder.resolve("presets/zhang-2017.conf"), "training.momentum = 0.5, include \"b.conf\"");
    Files.writeString(folder.resolve("presets/b.conf"), "training.batch-size = 10");

    RunConfig run = load("include \"presets/zhang-2017.conf\"").runs().get(0).config();

    assertThat(run.training().hyperparameters().rule())
        .isEqualTo(new UpdateRule.Sgd(0.5, false, 0));
    assertThat(run.training().hyperparameters().batchSize()).isEqualTo(10);
  }

  @Test
  void load_includeOfPreset_isFoundInTheConfigFolder() throws IOException {
    RunConfig run =
        load("include \"presets/zhang-2017.conf\"\ndata.set = cifar-10").runs().get(0).config();

    assertThat(run.preprocessing().crop()).isEqualTo(28);
    assertThat(run.training().hyperparameters().learningRate().decayPerEpoch()).isEqualTo(0.95);
  }

  @Test
  void load_grid_isEveryCombinationInOrder() throws IOException {
    Experiment experiment =
        load(
            """
            condition.kind = partial-labels
            grid {
              network = [mlp-1x8, mlp-2x8]
              condition.p = [0, 0.5]
              seed = [1, 2]
            }
            """);

    assertThat(experiment.runs()).hasSize(8);
    assertThat(experiment.runs().stream().map(RunPlan::label))
        .startsWith("mlp-1x8, 0, 1", "mlp-1x8, 0, 2", "mlp-1x8, 0.5, 1")
        .endsWith("mlp-2x8, 0.5, 2");
    assertThat(experiment.runs().get(2).config().condition().p()).isEqualTo(0.5);
    assertThat(experiment.runs().get(2).config().seeds().base()).isEqualTo(1);
    assertThat(experiment.runs().stream().map(RunPlan::id)).doesNotHaveDuplicates();
  }

  @Test
  void load_gridOfObjects_laysEachOverTheFile() throws IOException {
    Experiment experiment =
        load(
            """
            condition.test-labels = same-noise
            grid { condition = [{kind = none}, {kind = partial-labels, p = 0.5}] }
            """);

    assertThat(experiment.runs().stream().map(RunPlan::label))
        .containsExactly("none", "partial-labels p=0.5");
    assertThat(experiment.runs().get(1).config().condition())
        .isEqualTo(
            new Condition(
                ConditionKind.PARTIAL_LABELS, 0.5, false, true, Condition.TestLabels.SAME_NOISE));
  }

  @Test
  void load_cellsThatAreTheSameRun_areRunOnceWithANote() throws IOException {
    Experiment experiment =
        load("grid { condition.kind = [none, partial-labels], condition.p = [0, 1] }");

    assertThat(experiment.runs()).hasSize(3);
    assertThat(experiment.notes())
        .containsExactly("grid: none, 1: the same run as none, 0, run once");
  }

  @Test
  void load_override_changesTheCellsItMatches() throws IOException {
    Experiment experiment =
        load(
            """
            grid { network = [mlp-1x8, mlp-2x8], seed = [1, 2] }
            overrides = [
              { when { network = mlp-2x8 }, set { training.learning-rate = 0.5 } }
              { when { network = mlp-2x8, seed = 2.0 }, set { training.momentum = 0 } }
              { when { network = mlp-3x8 }, set { training.momentum = 0.1 } }
            ]
            """);

    assertThat(experiment.runs())
        .extracting(run -> run.config().training().hyperparameters())
        .containsExactly(sgd(0.01, 0.9), sgd(0.01, 0.9), sgd(0.5, 0.9), sgd(0.5, 0));
    assertThat(experiment.notes())
        .containsExactly(
            folder.resolve("a.conf")
                + ":5: overrides: never applies (expected: a cell of the grid that meets its when)");
  }

  private static Hyperparameters sgd(double learningRate, double momentum) {
    return new Hyperparameters(
        128,
        new LearningRate(learningRate, 1, List.of(), 0.1),
        new UpdateRule.Sgd(momentum, false, 0));
  }

  private Experiment load(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), text);
    return ExperimentFile.load(file, TestEnvironment.create());
  }
}
