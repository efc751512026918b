package dev.gengap.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.core.RunId;
import dev.gengap.experiment.RunDescription;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.TestExperiments;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        "devices { slots = 5, use = cpu }",
        "name = other",
        "condition.gaussian = scalar",
        "condition.permute-channels = true",
        "training.momentum = 9e-1",
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
        "network = mlp-1x16",
        "initialiser = he-normal",
        "training.batch-size = 64",
        "training.stop.max-epochs = 10",
        "training.stop.evaluate = full",
        "snapshots.refine = [{train-loss = 0.1, checks-per-epoch = 4}]",
        "devices.threads = 2",
      })
  void id_whatMovesBits_changesIt(String edit) {
    assertThat(runs(FILE + edit).get(0).id()).isNotEqualTo(runs(FILE).get(0).id());
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

  private static List<RunPlan> runs(String text) {
    return TestExperiments.of(text).runs();
  }
}
