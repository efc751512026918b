package dev.gengap.actors;

import static dev.gengap.actors.TestRecords.RUN;
import static dev.gengap.actors.TestRecords.manifest;
import static dev.gengap.actors.TestRecords.placed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.core.RunId;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.Moment;
import dev.gengap.experiment.ledger.Work;
import dev.gengap.measures.Catalogue;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.Settings;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GroupLedgerTest {
  private static final List<Measure> MEASURES =
      Catalogue.builtIn().named(List.of("error")).subList(0, 2);
  private static final RunId ID = new RunId(RUN);

  private final GroupLedger ledger = ledger(Set.of(), RUN);

  @Test
  void ledger_fedManifestsAndMeasurements_leasesWhatIsMissing() {
    ledger.observe(manifest(0, "start"));
    ledger.observe(measured(0, 0).setValue(1).build());

    Work work = ledger.lease().orElseThrow();

    assertThat(work.measures()).extracting(m -> m.measure()).containsExactly(key(1));
    assertThat(ledger.attempts(work)).isEqualTo(Map.of(key(1), 1));
    assertThat(ledger.lease()).as("held").isEmpty();
    ledger.release(work);
    ledger.observe(measured(1, 0).setNotApplicable("invalid margin").build());
    assertThat(ledger.missing(ID)).isZero();
  }

  @Test
  void measure_thatFails_isTriedAgainABoundedNumberOfTimes() {
    ledger.observe(measured(1, 5).setValue(1).build());
    ledger.observe(manifest(5, "end"));
    for (int attempt = 1; attempt <= GroupLedger.MOST_ATTEMPTS; attempt++) {
      Work work = ledger.lease().orElseThrow();
      assertThat(ledger.attempts(work)).isEqualTo(Map.of(key(0), attempt));
      ledger.observe(measured(0, 5).setAttempt(attempt).setFailure("no answer").build());
      ledger.release(work);
    }

    assertThat(ledger.lease()).isEmpty();
    assertThat(ledger.missing(ID)).isZero();
  }

  @Test
  void manifest_ofAMomentTheGroupDoesNotWant_isNoWork() {
    GroupLedger ends = ledger(Set.of(new Moment.End()), RUN);
    ends.observe(manifest(0, "start"));
    ends.observe(manifest(4, "log-spaced"));
    assertThat(ends.lease()).isEmpty();

    ends.observe(manifest(5, "log-spaced", "end"));
    assertThat(ends.lease().orElseThrow().snapshot().step()).isEqualTo(5);
  }

  @Test
  void manifest_ofARunNoLongerInTheGrid_isNoWork() {
    GroupLedger other = ledger(Set.of(), "ffffffffffff");
    other.observe(manifest(0, "start"));

    assertThat(other.lease()).isEmpty();
  }

  @Test
  void manifest_ofAStaleIncarnation_isNoWorkWhicheverComesFirst() {
    ledger.observe(taken(1, 5, "a"));
    ledger.observe(taken(1, 15, "b"));
    ledger.observe(placed(0, 10));
    ledger.observe(taken(1, 20, "c"));

    assertThat(ledger.lease().orElseThrow().snapshot().step()).isEqualTo(5);
    assertThat(ledger.lease()).isEmpty();
  }

  @Test
  void manifest_ofTheOwnerAfterAStaleOneWasMeasured_isMeasuredAgainIfItsWeightsDiffer() {
    ledger.observe(taken(1, 15, "a"));
    ledger.observe(taken(1, 20, "b"));
    for (int i = 0; i < 2; i++) {
      ledger.observe(measured(i, 15).setValue(1).setSnapshotSha256("a").build());
      ledger.observe(measured(i, 20).setValue(1).setSnapshotSha256("b").build());
    }
    ledger.observe(placed(0, 10));
    ledger.observe(taken(2, 15, "a"));
    ledger.observe(taken(2, 20, "other"));

    Work again = ledger.lease().orElseThrow();
    assertThat(again.snapshot().step()).isEqualTo(20);
    assertThat(again.measures()).hasSize(2);
    assertThat(ledger.lease()).isEmpty();
    ledger.observe(measured(0, 20).setValue(1).setSnapshotSha256("other").build());
    ledger.observe(measured(1, 20).setValue(1).build());
    assertThat(ledger.missing(ID)).isZero();
  }

  @Test
  void conventions_inAnotherOrder_haveTheSameHash() {
    assertThat(GroupLedger.conventionsHash(Map.of("a", "1", "b", "2")))
        .isEqualTo(GroupLedger.conventionsHash(new TreeMap<>(Map.of("b", "2", "a", "1"))))
        .isNotEqualTo(GroupLedger.conventionsHash(Map.of("a", "1")));
  }

  private static GroupLedger ledger(Set<Moment> at, String run) {
    return new GroupLedger(
        new MeasureGroup(
            "errors", List.of("error"), List.of(key(0), key(1)), at, Settings.STANDARD),
        MEASURES,
        run::equals);
  }

  private static SnapshotManifest taken(int incarnation, long step, String sha256) {
    return manifest(step).toBuilder().setIncarnation(incarnation).setSha256(sha256).build();
  }

  private static String key(int index) {
    return MEASURES.get(index).describe().key();
  }

  private static Measurement.Builder measured(int index, long step) {
    return TestRecords.measurement(key(index), step)
        .putAllConventions(MEASURES.get(index).describe().conventionsUnder(Settings.STANDARD));
  }
}
