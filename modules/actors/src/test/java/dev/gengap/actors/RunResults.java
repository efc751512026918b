package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.experiment.results.RunFiles;
import java.util.List;

/** What a run leaves that no clock has a part in. */
final class RunResults {
  private RunResults() {}

  /** Tables, summary and every snapshot have the same bytes. */
  static void assertSame(RunFiles actual, RunFiles expected) {
    for (String name : List.of("progress.csv", "measurements.csv", "summary.json")) {
      assertThat(actual.folder().resolve(name))
          .hasSameBinaryContentAs(expected.folder().resolve(name));
    }
    assertThat(actual.snapshots().keySet()).isEqualTo(expected.snapshots().keySet());
    for (long step : expected.snapshots().keySet()) {
      assertThat(actual.snapshotFile(step)).hasSameBinaryContentAs(expected.snapshotFile(step));
    }
  }
}
