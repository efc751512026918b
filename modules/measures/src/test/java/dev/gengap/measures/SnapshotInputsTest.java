package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.Inputs;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.execution.BackendRuntime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotInputsTest {
  private static final float[][] ROWS = {{1, 2}, {3, 4}, {5, 6}};

  @Test
  void copy_givesOneInput_andLeavesWhatIsBehind() {
    double[] into = {0, 0, 9};
    inputs().copy(1, into);
    assertThat(into).containsExactly(3, 4, 9);
  }

  @Test
  void copy_exampleThatIsNotThere_throws() {
    for (int example : new int[] {-1, 3}) {
      assertThatThrownBy(() -> inputs().copy(example, new double[2]))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("example: " + example + " (expected: 0 … 2)");
    }
  }

  @Test
  void context_givesTheFirstTrainingInputs_andAllTestInputs() {
    ArrayExamples examples = new ArrayExamples(ROWS, new int[] {0, 1, 0});
    MeasuredSnapshot snapshot =
        SmallNetworks.snapshot(
            DiagonalNetwork.WEIGHTS,
            Optional.empty(),
            Optional.of(examples),
            Optional.of(examples),
            new Settings(Map.of(Setting.EXAMPLES, 2.0)));
    try (ReferenceBackend backend = new ReferenceBackend();
        SnapshotContext context =
            new SnapshotContext(snapshot, new BackendRuntime(backend), SharedValues.none())) {
      assertThat(context.trainInputs().size()).isEqualTo(2);
      assertThat(context.trainInputs().features()).isEqualTo(2);
      assertThat(context.testInputs().size()).isEqualTo(3);
    }
  }

  @Test
  void context_withoutSets_saysWhichNeedIsMissing() {
    try (ReferenceBackend backend = new ReferenceBackend();
        SnapshotContext context =
            new SnapshotContext(
                SmallNetworks.snapshot(DiagonalNetwork.WEIGHTS),
                new BackendRuntime(backend),
                SharedValues.none())) {
      assertThatThrownBy(context::trainInputs).hasMessageStartingWith("TRAIN_INPUTS: absent");
      assertThatThrownBy(context::testInputs).hasMessageStartingWith("TEST_INPUTS: absent");
    }
  }

  private static Inputs inputs() {
    return new SnapshotInputs(new ArrayExamples(ROWS, new int[] {0, 1, 0}));
  }
}
