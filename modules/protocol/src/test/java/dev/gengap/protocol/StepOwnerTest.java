package dev.gengap.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.protocol.v1.Placement;
import dev.gengap.protocol.v1.RunState;
import org.junit.jupiter.api.Test;

class StepOwnerTest {
  @Test
  void accepts_beforeAnyPlacementIsKnown_everything() {
    StepOwner owner = StepOwner.of(RunState.newBuilder().setIncarnation(3).build());

    assertThat(owner).isEqualTo(StepOwner.UNKNOWN);
    assertThat(owner.accepts(1, 0)).isTrue();
    assertThat(owner.accepts(2, 400)).isTrue();
    assertThat(owner.newest()).isZero();
  }

  @Test
  void accepts_afterAResumption_theOlderUpToTheResumePoint() {
    StepOwner owner = StepOwner.of(state(placement(1, 0), placement(2, 100)));

    assertThat(owner.accepts(1, 0)).isTrue();
    assertThat(owner.accepts(1, 100)).isTrue();
    assertThat(owner.accepts(1, 101)).isFalse();
    assertThat(owner.accepts(2, 101)).isTrue();
    assertThat(owner.newest()).isEqualTo(2);
    assertThat(owner.newestFirstStep()).isEqualTo(100);
  }

  @Test
  void accepts_afterANewBeginning_nothingOfTheOlder() {
    StepOwner owner = StepOwner.of(state(placement(1, 0), placement(2, 100), placement(3, 0)));

    assertThat(owner.accepts(1, 0)).isFalse();
    assertThat(owner.accepts(2, 150)).isFalse();
    assertThat(owner.accepts(3, 0)).isTrue();
  }

  @Test
  void accepts_afterFallingBackToAnEarlierPoint_theFirstUpToThere() {
    StepOwner owner = StepOwner.of(state(placement(1, 0), placement(2, 100), placement(3, 50)));

    assertThat(owner.accepts(1, 50)).isTrue();
    assertThat(owner.accepts(1, 75)).isFalse();
    assertThat(owner.accepts(2, 150)).isFalse();
    assertThat(owner.accepts(3, 75)).isTrue();
  }

  @Test
  void accepts_anIncarnationNoStateTellsOfYet_counts() {
    assertThat(StepOwner.of(state(placement(1, 0))).accepts(2, 10)).isTrue();
  }

  @Test
  void with_aResumptionThatDoesNotSayFromWhere_leavesTheOlderAccepted() {
    Placement unknown = Placement.newBuilder().setIncarnation(2).setResumed(true).build();

    assertThat(StepOwner.of(state(placement(1, 0), unknown)).accepts(1, 500)).isTrue();
  }

  private static Placement placement(int incarnation, long firstStep) {
    return Placement.newBuilder()
        .setIncarnation(incarnation)
        .setFirstStep(firstStep)
        .setResumed(firstStep > 0)
        .build();
  }

  private static RunState state(Placement... placements) {
    RunState.Builder state = RunState.newBuilder();
    for (Placement placement : placements) {
      state.addPlacements(placement);
    }
    return state.build();
  }
}
