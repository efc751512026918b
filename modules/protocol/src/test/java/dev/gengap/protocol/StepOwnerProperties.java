package dev.gengap.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.protocol.v1.Placement;
import dev.gengap.protocol.v1.RunState;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class StepOwnerProperties {
  /** First steps of incarnations 1, 2, …: the first begins anew. */
  @Provide
  Arbitrary<List<Long>> firstSteps() {
    return Arbitraries.longs()
        .between(0, 20)
        .list()
        .ofMaxSize(5)
        .map(
            later -> {
              List<Long> all = new ArrayList<>(List.of(0L));
              all.addAll(later);
              return all;
            });
  }

  @Property
  void step_hasExactlyOneOwnerAmongThoseThatTookIt(
      @ForAll("firstSteps") List<Long> firstSteps, @ForAll @LongRange(max = 30) long step) {
    StepOwner owner = StepOwner.of(state(firstSteps, firstSteps.size()));
    List<Integer> accepted = new ArrayList<>();
    int newest = 0;
    for (int i = 1; i <= firstSteps.size(); i++) {
      long first = firstSteps.get(i - 1);
      if (step == 0 ? first == 0 : first < step) {
        newest = i;
        if (owner.accepts(i, step)) {
          accepted.add(i);
        }
      }
    }

    assertThat(accepted).containsExactly(newest);
  }

  @Property
  void owner_afterTheStatesInAnyOrder_isThatOfTheLast(
      @ForAll("firstSteps") List<Long> firstSteps, @ForAll("orders") List<Integer> order) {
    StepOwner folded = StepOwner.UNKNOWN;
    for (int index : order) {
      folded = folded.with(state(firstSteps, Math.min(index, firstSteps.size())));
    }

    assertThat(folded).isEqualTo(StepOwner.of(state(firstSteps, firstSteps.size())));
  }

  @Provide
  Arbitrary<List<Integer>> orders() {
    return Arbitraries.shuffle(1, 2, 3, 4, 5, 6);
  }

  private static RunState state(List<Long> firstSteps, int incarnations) {
    RunState.Builder state = RunState.newBuilder();
    for (int i = 1; i <= incarnations; i++) {
      state.addPlacements(
          Placement.newBuilder()
              .setIncarnation(i)
              .setFirstStep(firstSteps.get(i - 1))
              .setResumed(firstSteps.get(i - 1) > 0));
    }
    return state.build();
  }
}
