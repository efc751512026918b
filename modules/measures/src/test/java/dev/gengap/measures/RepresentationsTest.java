package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.reason;
import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.execution.BackendRuntime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepresentationsTest {
  /** (x, −x) of one number x, behind relu(x) and relu(−x). */
  private static final float[][][] NETWORK = {{{1}, {-1}}, {{1, -1}, {-1, 1}}};

  @ParameterizedTest
  @CsvSource({
    // behind the relu: class 0 at (2, 0), (4, 0), (0, 3); class 1 at (0, 5), (0, 7)
    "davies_bouldin, .5610781611385992",
    // means of class 0: 3, 0.5, −0.5; of class 1: −6, −6
    "mixup_accuracy, .8",
    "davies_bouldin_mixup, .1122156322277198",
  })
  void line_values_matchThoseByHand(String key, double expected) {
    assertThat(scalar(snapshot(new int[] {0, 0, 0, 1, 1}), key)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void oneClass_hasNoIndex() {
    String reason = "needs two classes in a batch, two examples of one";
    assertThat(reason(snapshot(new int[] {0, 0, 0, 0, 0}), "davies_bouldin_mixup"))
        .isEqualTo(reason);
    assertThat(scalar(snapshot(new int[] {1, 1, 1, 1, 1}), "mixup_accuracy"))
        .isCloseTo(.6, within(1e-12));
  }

  @Test
  void activations_eachNumberOfLayers_areWhatLeavesThem() {
    MeasuredSnapshot snapshot = snapshot(new int[5]);
    try (ReferenceBackend backend = new ReferenceBackend();
        SnapshotContext context =
            new SnapshotContext(snapshot, new BackendRuntime(backend), SharedValues.none())) {
      assertRow(context.activations(0, context.trainInputs()), -3);
      assertRow(context.activations(1, context.trainInputs()), -3, 3);
      assertRow(context.activations(2, context.trainInputs()), 0, 3);
      assertRow(context.activations(3, context.trainInputs()), -3, 3);
    }
  }

  /** The third row. */
  private static void assertRow(Matrix activations, double... expected) {
    assertThat(activations.rows()).isEqualTo(5);
    assertThat(activations.columns()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(activations.get(2, i)).isEqualTo(expected[i]);
    }
  }

  private static MeasuredSnapshot snapshot(int[] labels) {
    float[][] inputs = {{2}, {4}, {-3}, {-5}, {-7}};
    return SmallNetworks.snapshot(
        NETWORK,
        Optional.empty(),
        Optional.of(new ArrayExamples(inputs, labels)),
        Optional.empty(),
        Settings.STANDARD);
  }
}
