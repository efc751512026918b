package dev.gengap.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.core.RunId;
import dev.gengap.experiment.RunDescription;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.TestExperiments;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
  private static final String FILE =
      "condition { kind = partial-labels, p = 0.5 }, training.stop { train-loss = 0.01 }\n";

  @Test
  void id_ofAGivenFile_neverChanges() {
    RunPlan run = runs(FILE).get(0);

    assertThat(RunDescription.canonicalJson(run.config()))
        .isEqualTo(
            """
            {"backend":"nd4j","condition":{"kind":"partial-labels","p":0.5,"test-labels\
            ":"clean"},"data":{"crop":0,"scaling":"per-image-whitening","set":"generate\
            d","test":1000,"train":2000},"initialiser":"fan-in-uniform","network":"1.we\
            ight[512, 784] 1.bias[512] 3.weight[10, 512] 3.bias[10]","schema":1,"seeds"\
            :{"data":-4600107189805234289,"initialisation":7586493789228999634,"labels"\
            :8445771213592870299,"order":-8687994294268711980,"pixels":1445114103138332\
            658},"stop":{"evaluate":"epoch-mean","max-epochs":300,"max-steps":0,"refine\
            ":[],"train-loss":0.01},"threads":1,"training":{"batch-size":128,"learning-\
            rate":0.01,"learning-rate-decay":1,"momentum":0.9,"weight-decay":0}}""");
    assertThat(run.id()).isEqualTo(new RunId("01181b9549d1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "measures { norms { use = [margin_p5] } }",
        "snapshots { every = 5 epochs, log-spaced = true, keep = none }",
        "feed.window = 3",
        "feed.payload = ids",
        "devices.slots { mlp-1x512 = 8, default = 2 }",
        "devices { slots = 5, use = cpu }",
        "name = other",
        "condition.gaussian = scalar",
        "condition.permute-channels = true",
        "training.momentum = 9e-1",
        "training { optimiser = sgd, nesterov = false }",
        "training { beta1 = 0.5, beta2 = 0.5, alpha = 0.5, epsilon = 1 }",
        "training.learning-rate-steps { epochs = [], factor = 0.5 }",
        "training.stop.patience = 0",
        "data.held-out = 0",
        "seeds.dropout = 3",
        "seeds.augmentation = 7",
        "augmentation { random-crop = false, flip = false, rotation = 0, hue = 0.0 }",
      })
  void id_whatDoesNotMoveBits_leavesIt(String edit) {
    assertThat(runs(FILE + edit).get(0).id()).isEqualTo(runs(FILE).get(0).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed = 2",
        "seeds.order = 5",
        "data.train = 100",
        "data.test = 100",
        "preprocessing.crop = 20",
        "condition.p = 0.25",
        "condition.test-labels = same-noise",
        "augmentation.flip = true",
        "augmentation { random-crop = true, padding = 2 }",
        "augmentation.rotation = 25",
        "network = mlp-1x16",
        "initialiser = he-normal",
        "training.batch-size = 64",
        "training.optimiser = adam",
        "training.optimiser = adamw",
        "training.optimiser = rmsprop",
        "training.nesterov = true",
        "training.learning-rate-steps.epochs = [10]",
        "data.held-out = 200",
        "data.held-out = 200, training.stop.patience = 5",
        "training.stop.max-epochs = 10",
        "training.stop.evaluate = full",
        "snapshots.refine = [{train-loss = 0.1, checks-per-epoch = 4}]",
        "devices.threads = 2",
      })
  void id_whatMovesBits_changesIt(String edit) {
    assertThat(runs(FILE + edit).get(0).id()).isNotEqualTo(runs(FILE).get(0).id());
  }

  @Test
  void description_augmentation_isWhatIsAskedForAndItsSeed() {
    RunPlan run =
        runs(FILE
                + "seeds.augmentation = 5, augmentation { random-crop = true, padding = 4 }\n"
                + "augmentation { rotation = 25.0, brightness = 0.4 }")
            .get(0);

    assertThat(RunDescription.canonicalJson(run.config()))
        .startsWith(
            "{\"augmentation\":{\"brightness\":0.4,\"padding\":4,\"random-crop\":true,"
                + "\"rotation\":25},\"backend\"")
        .contains("\"seeds\":{\"augmentation\":5,\"data\"");
  }

  @Test
  void id_augmentationSeed_movesBitsOfAugmentedRuns() {
    String augmented = FILE + "augmentation.flip = true\n";

    assertThat(runs(augmented + "seeds.augmentation = 7").get(0).id())
        .isNotEqualTo(runs(augmented).get(0).id());
  }

  @Test
  void id_otherCellsAdded_keepsTheOld() {
    List<RunPlan> before = runs(FILE + "grid { seed = [1, 2] }");
    List<RunPlan> after = runs(FILE + "grid { seed = [3, 2, 1] }");

    assertThat(after.stream().map(RunPlan::id))
        .containsAll(before.stream().map(RunPlan::id).toList());
  }

  @Test
  void id_cellOfAGrid_isThatOfTheSameFileWithoutOne() {
    assertThat(runs(FILE + "grid { seed = [4] }").get(0).id())
        .isEqualTo(runs(FILE + "seed = 4").get(0).id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          optimiser = sgd, nesterov = true | "momentum":0.9,"nesterov":true,"weight-decay":0
          optimiser = adam, momentum = 0.5 | "beta1":0.9,"beta2":0.999,"epsilon":1E-8
          optimiser = adamw, alpha = 0.5   | "optimiser":"adamw","weight-decay":0
          optimiser = rmsprop, beta1 = 0.5 | "momentum":0.9,"optimiser":"rmsprop","weight-decay":0
          learning-rate-steps { epochs = [9, 3, 9] } | "learning-rate-steps":{"epochs":[3,9],"factor":0.1}
          """)
  void description_training_hasWhatItsOptimiserUses(String training, String expected) {
    RunPlan run = runs(FILE + "training { " + training + " }").get(0);

    assertThat(RunDescription.canonicalJson(run.config())).contains(expected);
  }

  @Test
  void id_dropoutSeed_movesBitsOfNetworksThatDropOut() {
    String network = FILE + "network.layers = [{type = flatten}, {type = add, paths = [[%s]]},";
    String dropping =
        network.formatted("{type = dropout, p = 0.5}") + "{type = linear, out = 10}]\n";

    assertThat(runs(dropping + "seeds.dropout = 7").get(0).id())
        .isNotEqualTo(runs(dropping).get(0).id());
    assertThat(RunDescription.canonicalJson(runs(dropping).get(0).config()))
        .contains("\"dropout\":");
  }

  @Test
  void id_optionsOfOtherOptimisers_leaveIt() {
    String adam = FILE + "training.optimiser = adam\n";

    assertThat(runs(adam + "training { momentum = 0.5, nesterov = true, alpha = 0.5 }").get(0).id())
        .isEqualTo(runs(adam).get(0).id());
  }

  private static List<RunPlan> runs(String text) {
    return TestExperiments.of(text).runs();
  }
}
