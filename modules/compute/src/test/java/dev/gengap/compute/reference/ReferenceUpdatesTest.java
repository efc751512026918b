package dev.gengap.compute.reference;

import static dev.gengap.compute.reference.Golden.assertHolds;

import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.UpdateRule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two steps of each optimiser as PyTorch 2 takes them in float64. */
class ReferenceUpdatesTest {
  private final Golden golden = new Golden();

  @Test
  void sgd_momentumAndDecay_isThatOfPyTorch() {
    assertTwoSteps(new UpdateRule.Sgd(0.9, false, 0.01), 0.9380755, -1.951151);
    assertTwoSteps(new UpdateRule.Sgd(0.9, true, 0.01), 0.905337055, -1.95317411);
  }

  @Test
  void adam_coupledAndDecoupled_isThatOfPyTorch() {
    assertTwoSteps(
        new UpdateRule.Adam(0.9, 0.999, 1e-8, 0.01, false), 0.885614674792, -1.91775220982);
    assertTwoSteps(
        new UpdateRule.Adam(0.9, 0.999, 1e-8, 0.01, true), 0.885233650353, -1.91535617724);
  }

  @Test
  void rmsProp_withAndWithoutMomentum_isThatOfPyTorch() {
    assertTwoSteps(new UpdateRule.RmsProp(0.9, 1e-8, 0.5, 0.01), 0.675717376605, -1.74681570917);
    assertTwoSteps(new UpdateRule.RmsProp(0.99, 1e-8, 0, 0), 0.224506787211, -1.447661561);
  }

  @Test
  void sgdUpdate_velocityThatHoldsTheGradient_isTheSameStep() {
    Tensor weights = golden.vector(1, -2);
    Tensor velocity = golden.vector(0.5, -1);
    SgdUpdate update = golden.workspace.prepareSgdUpdate(weights, velocity, 0.01);
    update.run(0.1);
    assertHolds(velocity, 0.51, -1.02);
    assertHolds(weights, 0.949, -1.898);
    velocity.write(new double[] {0.9 * 0.51 - 0.25, 0.9 * -1.02 + 2}, 2);
    update.run(0.05);
    assertHolds(weights, 0.9380755, -1.951151);
  }

  private void assertTwoSteps(UpdateRule rule, double... expected) {
    Tensor weights = golden.vector(1, -2);
    Tensor gradient = golden.vector(0.5, -1);
    List<Tensor> state =
        IntStream.range(0, rule.stateVectors()).mapToObj(i -> golden.vector(0, 0)).toList();
    ParameterUpdate update = golden.workspace.prepareUpdate(rule, weights, gradient, state);
    update.run(0.1, 1);
    gradient.write(new double[] {-0.25, 2}, 2);
    update.run(0.05, 2);
    assertHolds(weights, expected);
  }
}
