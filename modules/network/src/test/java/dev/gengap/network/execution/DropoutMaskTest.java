package dev.gengap.network.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Workspace;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMaskTest {
  private static final int BATCH = 50;
  private static final int ELEMENTS = 2001;

  private Backend backend;
  private Workspace workspace;

  @BeforeEach
  void open() {
    backend = Nd4jBackend.create(1);
    workspace = backend.newWorkspace(Precision.FLOAT32);
  }

  @AfterEach
  void close() {
    workspace.close();
    backend.close();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void draw_manySteps_dropsTheShareAskedForAndKeepsTheMean(double p) {
    DropoutMask mask = mask(1, 0, p);
    double dropped = 0;
    double sum = 0;
    int steps = 20;
    for (int step = 0; step < steps; step++) {
      for (float factor : drawn(mask, step, BATCH)) {
        assertThat((double) factor).isIn(0.0, (double) (float) (1 / (1 - share(p))));
        dropped += factor == 0 ? 1 : 0;
        sum += factor;
      }
    }
    double count = (double) steps * BATCH * ELEMENTS;
    double deviation = Math.sqrt(p * (1 - p) / count);
    assertThat(dropped / count).isCloseTo(p, within(4 * deviation));
    assertThat(sum / count).isCloseTo(1, within(4 * deviation / (1 - p)));
  }

  @Test
  void draw_anotherSeedStepOrLayer_dropsOthers() {
    float[] base = drawn(mask(1, 0, 0.5), 3, BATCH);
    for (float[] other :
        new float[][] {
          drawn(mask(2, 0, 0.5), 3, BATCH),
          drawn(mask(1, 1, 0.5), 3, BATCH),
          drawn(mask(1, 0, 0.5), 4, BATCH)
        }) {
      double same = 0;
      for (int i = 0; i < base.length; i++) {
        same += base[i] == other[i] ? 1 : 0;
      }
      assertThat(same / base.length).isCloseTo(0.5, within(2 / Math.sqrt(base.length)));
    }
  }

  @Test
  void draw_neighbours_areIndependent() {
    float[] factors = drawn(mask(1, 0, 0.5), 0, BATCH);
    for (int lag : new int[] {1, 2, 3, 4, 8, ELEMENTS}) {
      double same = 0;
      for (int i = lag; i < factors.length; i++) {
        same += factors[i] == factors[i - lag] ? 1 : 0;
      }
      assertThat(same / (factors.length - lag))
          .isCloseTo(0.5, within(2 / Math.sqrt(factors.length)));
    }
  }

  @Test
  void draw_partialBatch_isTheStartOfTheFullOne() {
    DropoutMask mask = mask(1, 0, 0.5);
    float[] full = drawn(mask, 7, BATCH);
    drawn(mask, 8, BATCH);
    assertThat(drawn(mask, 7, 3)).isEqualTo(Arrays.copyOf(full, 3 * ELEMENTS));
  }

  @Test
  void draw_golden_staysTheSame() {
    assertThat(drawn(mask(1, 2, 0.5), 3, 1))
        .startsWith(0, 2, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 2, 0, 2);
  }

  private DropoutMask mask(long seed, int layer, double p) {
    CounterRandom random = CounterRandom.of(seed, RandomStream.DROPOUT);
    return new DropoutMask(workspace, new DropoutMask.Source(random, layer), p, BATCH, ELEMENTS);
  }

  private static double share(double p) {
    return Math.rint(p * 65536) / 65536;
  }

  private static float[] drawn(DropoutMask mask, long step, int rows) {
    mask.draw(step, rows);
    Tensor factors = mask.factors(rows);
    float[] values = new float[factors.size()];
    factors.read(values, values.length);
    return values;
  }
}
