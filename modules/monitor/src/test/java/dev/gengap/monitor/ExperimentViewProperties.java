package dev.gengap.monitor;

import static dev.gengap.monitor.Records.TRUE_LABELS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.gengap.protocol.v1.Placement;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A run whose first incarnation went on to step 400 though it lost the run at 200. Each writer's
 * records of one topic keep their order; else any order is possible.
 */
class ExperimentViewProperties {
  private static final List<List<Message>> WRITERS =
      List.of(
          List.of(state(Phase.RUNNING, 1), state(Phase.RUNNING, 2), state(Phase.FINISHED, 2)),
          progress(1, LongStream.of(40, 190, 200, 320, 400)),
          progress(2, LongStream.of(230, 240, 320, 330)),
          snapshots(1, LongStream.of(0, 200, 240, 400)),
          snapshots(2, LongStream.of(240, 320)));

  @Property
  void view_ofTheRecordsInAnyOrder_isThatOfTheOwners(@ForAll("orders") List<Integer> order) {
    List<List<Message>> left = new ArrayList<>();
    WRITERS.forEach(records -> left.add(new ArrayList<>(records)));
    ExperimentView view = ExperimentView.EMPTY;
    for (int writer : order) {
      view = view.with(List.of(left.get(writer).remove(0)));
    }

    assertThat(view).isEqualTo(ofTheOwners());
    RunView run = view.runs().get(0);
    assertThat(run.step()).isEqualTo(330);
    assertThat(run.training().lastScored().getStep()).isEqualTo(320);
    assertThat(run.measures().snapshots()).containsOnlyKeys(0L, 200L, 240L, 320L);
    assertThat(run.measures().snapshots().get(240L).incarnation()).isEqualTo(2);
  }

  @Provide
  Arbitrary<List<Integer>> orders() {
    List<Integer> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS.size(); i++) {
      for (int record = 0; record < WRITERS.get(i).size(); record++) {
        writers.add(i);
      }
    }
    return Arbitraries.shuffle(writers);
  }

  private static ExperimentView ofTheOwners() {
    ExperimentView view = ExperimentView.EMPTY.with(WRITERS.get(0));
    view = view.with(progress(2, LongStream.of(230, 240, 320, 330)));
    view = view.with(snapshots(1, LongStream.of(0, 200)));
    return view.with(snapshots(2, LongStream.of(240, 320)));
  }

  private static RunState state(Phase phase, int incarnations) {
    RunState.Builder state =
        Records.state(TRUE_LABELS, phase, "0")
            .setIncarnation(incarnations)
            .setSteps(phase == Phase.FINISHED ? 330 : 0);
    for (int i = 1; i <= incarnations; i++) {
      state.addPlacements(
          Placement.newBuilder().setIncarnation(i).setResumed(i > 1).setFirstStep(i > 1 ? 200 : 0));
    }
    return state.build();
  }

  private static List<Message> progress(int incarnation, LongStream steps) {
    return steps
        .<Message>mapToObj(
            step -> Records.progress(TRUE_LABELS, step).setIncarnation(incarnation).build())
        .toList();
  }

  private static List<Message> snapshots(int incarnation, LongStream steps) {
    return steps
        .<Message>mapToObj(
            step ->
                SnapshotManifest.newBuilder()
                    .setRun(TRUE_LABELS)
                    .setIncarnation(incarnation)
                    .setStep(step)
                    .addReasons("by " + incarnation)
                    .build())
        .toList();
  }
}
