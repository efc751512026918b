package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.measures.api.Passes;
import dev.gengap.measures.api.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorstErrorTest {
  private static final double[] PARAMETERS = {3, -1};
  private static final double[] GRADIENT = {3, 4};

  /** Never wrong, and steeper the further along. */
  private static final ExactContext.LossFunction SLOPE =
      new ExactContext.LossFunction() {
        @Override
        public Passes.Loss at(double[] w) {
          return new Passes.Loss(w[0] * w[0], 0);
        }

        @Override
        public void gradient(double[] w, double[] gradient) {
          gradient[0] = 2 * w[0];
        }
      };

  @Test
  void within_moreExamplesThanABatch_climbsEvenBatchesInTurnAndLooksAtAllAfterEveryFifth() {
    ExactContext context = ExactContext.of(SLOPE, 2500, 1);
    TimeLimit none = new TimeLimit(Settings.STANDARD);
    assertThat(new WorstError(context, Neighbourhood.BALL, none).within(1, 0.5)).isZero();
    List<int[]> climbed = context.climbed();
    assertThat(climbed).hasSize(WorstError.STEPS);
    assertThat(climbed).allSatisfy(batch -> assertThat(batch.length).isBetween(833, 834));
    assertThat(climbed.subList(0, 3).stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, 2500).toArray());
    assertThat(climbed.get(3)).isEqualTo(climbed.get(0));
    int gradientOfAll = 2;
    assertThat(context.passesMade()).isEqualTo(gradientOfAll + 1 + WorstError.STEPS / 5);
  }

  @Test
  void ball_firstStep_isThePointOfTheBorderUpTheGradient() {
    double[] offset = new double[2];
    Neighbourhood.BALL.ascend(offset, GRADIENT, PARAMETERS, new Neighbourhood.Stride(1, 10));
    assertThat(offset).containsExactly(new double[] {6, 8}, within(1e-12));
  }

  @Test
  void ball_stepOverTheBorder_endsOnIt() {
    double[] offset = {10, 0};
    Neighbourhood.BALL.ascend(offset, GRADIENT, PARAMETERS, new Neighbourhood.Stride(.25, 10));
    assertThat(Math.hypot(offset[0], offset[1])).isCloseTo(10, within(1e-12));
    assertThat(offset[1]).isPositive();
  }

  @Test
  void box_firstStep_isTheCornerOfTheSigns() {
    double[] offset = new double[2];
    Neighbourhood.BOX.ascend(
        offset, new double[] {3, -4}, PARAMETERS, new Neighbourhood.Stride(1, .5));
    assertThat(offset).containsExactly(2, -1);
  }

  @Test
  void box_laterStep_staysInside() {
    double[] offset = {2, -1};
    Neighbourhood.BOX.ascend(offset, GRADIENT, PARAMETERS, new Neighbourhood.Stride(.25, .5));
    assertThat(offset).containsExactly(2, -.75);
  }

  @Test
  void neighbourhoods_noSlope_stayWhereTheyAre() {
    for (Neighbourhood neighbourhood : Neighbourhood.values()) {
      double[] offset = {.1, .2};
      neighbourhood.ascend(offset, new double[2], PARAMETERS, new Neighbourhood.Stride(1, .5));
      assertThat(offset).containsExactly(.1, .2);
    }
  }
}
