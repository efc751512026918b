package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LossChecksProperties {

  @Property
  void dueAfter_anyEpoch_isSpreadEvenlyAndEndsIt(
      @ForAll @IntRange(min = 1, max = 2000) int batches,
      @ForAll @IntRange(min = 0, max = 8) int exponent) {
    int perEpoch = 1 << exponent;
    LossChecks checks = new LossChecks(policy(perEpoch), batches, 0.05, 1);
    int[] due = IntStream.rangeClosed(1, batches).filter(checks::dueAfter).toArray();
    assertThat(due).hasSize(Math.min(perEpoch, batches));
    assertThat(due[due.length - 1]).isEqualTo(batches);
    double spacing = Math.max(1, (double) batches / perEpoch);
    for (int i = 1; i < due.length; i++) {
      assertThat(Math.abs(due[i] - due[i - 1] - spacing)).isLessThan(1 + 1e-9);
    }
  }

  @Example
  void found_eachThreshold_isReportedOnce() {
    LossChecks checks = new LossChecks(policy(4), 10);
    assertThat(checks.found(2)).isEmpty();
    assertThat(checks.found(Double.NaN)).isEmpty();
    assertThat(checks.found(0.5)).containsExactly(1.0, 0.5);
    assertThat(checks.found(0.9)).isEmpty();
    assertThat(checks.perEpoch()).isEqualTo(1);
    assertThat(checks.found(0.09)).isEmpty();
    assertThat(checks.resolution()).isEqualTo(1);
    assertThat(checks.perEpoch()).isEqualTo(4);
    assertThat(checks.found(0.01)).containsExactly(0.01);
    assertThat(checks.resolution()).isEqualTo(4);
  }

  private static SnapshotPolicy policy(int checksPerEpoch) {
    return new SnapshotPolicy(
        0,
        0,
        false,
        List.of(1.0, 0.5, 0.01),
        List.of(new SnapshotPolicy.Refinement(0.1, checksPerEpoch)),
        false,
        false);
  }
}
