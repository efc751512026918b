package dev.gengap.experiment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.RunId;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.Moment;
import dev.gengap.measures.api.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final RunId RUN = new RunId("00000000000a");
  private static final RunId OTHER = new RunId("00000000000b");
  private static final MeasureKey MARGIN = new MeasureKey("margin", "c1");
  private static final MeasureKey NORM = new MeasureKey("norm", "c1");

  private final Ledger ledger = new Ledger(List.of(MARGIN, NORM), moments -> true, 3);

  @Test
  void lease_nothingAnnounced_isEmpty() {
    assertThat(ledger.lease()).isEmpty();
    assertThat(ledger.isComplete()).isTrue();
  }

  @Test
  void lease_snapshot_hasOnlyWhatIsNotPublished() {
    ledger.announced(at(RUN, 5));
    ledger.published(new WorkKey(RUN, 5, "", MARGIN));

    assertThat(ledger.lease()).map(Work::measures).contains(List.of(NORM));
  }

  @Test
  void lease_measurementBeforeItsManifest_counts() {
    ledger.published(new WorkKey(RUN, 5, "", MARGIN));
    ledger.published(new WorkKey(RUN, 5, "", NORM));
    ledger.announced(at(RUN, 5));

    assertThat(ledger.lease()).isEmpty();
  }

  @Test
  void lease_otherConventions_areOtherWork() {
    ledger.announced(at(RUN, 5));
    ledger.published(new WorkKey(RUN, 5, "", new MeasureKey("margin", "c2")));

    assertThat(ledger.lease()).map(Work::measures).contains(List.of(MARGIN, NORM));
  }

  @Test
  void lease_heldSnapshot_isNotGivenTwiceUntilReleased() {
    ledger.announced(at(RUN, 5));
    Work work = ledger.lease().orElseThrow();

    assertThat(ledger.lease()).isEmpty();
    ledger.release(work.snapshot());
    assertThat(ledger.lease()).contains(work);
  }

  @Test
  void lease_manySnapshots_endsAndCrossingsThenStartsThenCoarseToFine() {
    for (long step : List.of(0, 1, 2, 3, 4, 5, 6)) {
      ledger.announced(at(RUN, step));
    }
    ledger.announced(at(RUN, 7, new Moment.End()));
    ledger.announced(at(RUN, 5, new Moment.Crossing(0.1)));
    ledger.announced(at(OTHER, 0, new Moment.Start()));

    assertThat(stepsInOrder()).containsExactly(5L, 7L, 0L, 0L, 3L, 1L, 2L, 4L, 6L);
  }

  @Test
  void failed_asOftenAsAllowed_isGivenUp() {
    WorkKey key = new WorkKey(RUN, 5, "", MARGIN);
    ledger.announced(at(RUN, 5));

    assertThat(ledger.failed(key, 1)).isFalse();
    assertThat(ledger.failed(key, 1)).isFalse();
    assertThat(ledger.nextAttempt(key)).isEqualTo(2);
    assertThat(ledger.failed(key, 2)).isFalse();
    assertThat(ledger.failed(key, 3)).isTrue();
    assertThat(ledger.lease()).map(Work::measures).contains(List.of(NORM));
  }

  @Test
  void announced_momentNotWanted_isNoWork() {
    MeasureGroup group =
        new MeasureGroup(
            "flatness", List.of(), List.of(), Set.of(new Moment.End()), Settings.STANDARD);
    Ledger ends = new Ledger(List.of(MARGIN), group::wants, 1);
    ends.announced(at(RUN, 5));
    ends.announced(at(RUN, 9, new Moment.End(), new Moment.Crossing(0.1)));

    assertThat(ends.missing()).isEqualTo(1);
  }

  @Test
  void announced_withOtherWeights_isMeasuredAgain() {
    ledger.announced(new Snapshot(RUN, 5, "a", Set.of(new Moment.End())));
    ledger.published(new WorkKey(RUN, 5, "a", MARGIN));
    ledger.published(new WorkKey(RUN, 5, "", NORM));
    assertThat(ledger.isComplete()).isTrue();

    ledger.announced(new Snapshot(RUN, 5, "b", Set.of()));
    Work work = ledger.lease().orElseThrow();
    assertThat(work.measures()).containsExactly(MARGIN);
    assertThat(work.snapshot().moments()).isEmpty();
    ledger.failed(WorkKey.of(work.snapshot(), MARGIN), 1);
    assertThat(ledger.nextAttempt(new WorkKey(RUN, 5, "b", MARGIN))).isEqualTo(2);
    assertThat(ledger.nextAttempt(new WorkKey(RUN, 5, "a", MARGIN))).isEqualTo(1);
  }

  @Test
  void withdrawn_snapshot_isNoWorkUntilItIsAnnouncedAnew() {
    ledger.withdrawn(RUN, 5);
    ledger.announced(at(RUN, 5));
    ledger.withdrawn(RUN, 5);
    assertThat(ledger.lease()).isEmpty();

    ledger.announced(at(RUN, 5));
    assertThat(ledger.lease()).isPresent();
  }

  @Test
  void ledger_noAttempts_isRefused() {
    assertThatThrownBy(() -> new Ledger(List.of(), moments -> true, 0))
        .hasMessage("attempts: 0 (expected: > 0)");
  }

  private List<Long> stepsInOrder() {
    List<Long> steps = new ArrayList<>();
    for (Optional<Work> work = ledger.lease(); work.isPresent(); work = ledger.lease()) {
      steps.add(work.get().snapshot().step());
    }
    return steps;
  }

  private static Snapshot at(RunId run, long step, Moment... moments) {
    return new Snapshot(run, step, "", Set.of(moments));
  }
}
