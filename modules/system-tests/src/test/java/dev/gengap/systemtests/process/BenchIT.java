package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code gengap bench} says of runs. */
class BenchIT {
  @TempDir private Path folder;

  @Test
  void benchRuns_ofAFewRuns_takesAllToTheirEndAndPrintsOneLine() {
    Result result =
        new Gengap(folder).run("bench", "runs", "--runs", "9", "--slots", "4", "--json");

    assertThat(result.code()).as(result::err).isZero();
    assertThat(result.out().lines())
        .singleElement()
        .asString()
        .contains("\"runs\":9", "\"slots\":4")
        .containsPattern("\"millisPerRun\":[1-9]");
  }

  @Test
  void benchRuns_ofNothing_isRefused() {
    Result result = new Gengap(folder).run("bench", "runs", "--runs", "0", "--slots", "-1");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--runs: 0 (expected: >= 1)", "--slots: -1 (expected: >= 1)");
  }
}
