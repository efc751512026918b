package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on partly false labels: what it learns first, whoever asks, and when. */
class MemorisationIT {
  private static final ExperimentText EXPERIMENT =
      ExperimentText.TINY
          .with("[none, random-labels]", "[partial-labels]")
          .with("name = tiny", "name = tiny, condition.p = 0.4")
          .with("mlp-1x16", "mlp-1x64")
          .with("learning-rate = 0.05", "learning-rate = 0.005")
          .with("max-epochs = 4", "evaluate = full, train-loss = 0.01, max-epochs = 400")
          .with("every = 2 epochs", "every = 20 epochs");
  private static final String MEASURES = "optimisation,memorisation";

  @TempDir private Path folder;

  private Gengap gengap;
  private RunFolderFiles measured;

  @BeforeEach
  void run() {
    gengap = new Gengap(folder);
    measured = RunFolderFiles.below(folder.resolve("measured"));
    String file =
        EXPERIMENT
            .with("errors { use = [error] }", "memory { use = [optimisation, memorisation] }")
            .in(folder.resolve("measured.conf"));
    Result ran = gengap.run("run", file, "--runs", "measured");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
  }

  @Test
  void run_onPartlyFalseLabels_fitsTheTrueOnesFirst() {
    List<String> end = ofLastStep(rows(measured));

    assertThat(value(end, "clean_first_fitted")).isLessThan(value(end, "corrupted_first_fitted"));
    assertThat(value(end, "clean_accuracy")).isEqualTo(1);
    assertThat(value(end, "corrupted_accuracy")).isEqualTo(1);
    assertThat(value(end, "corrupted_true_accuracy")).isZero();
    assertThat(value(end, "clean_fitted")).isEqualTo(1);
    assertThat(value(end, "steps_to_0.1") + value(end, "steps_0.1_to_0.01"))
        .as("the step at which it ended")
        .isEqualTo(Double.parseDouble(end.get(0).split(",", -1)[1]));
    assertThat(value(end, "clean_first_fitted")).isEqualTo(meanFirstStep(true));
    assertThat(value(end, "corrupted_first_fitted")).isEqualTo(meanFirstStep(false));
  }

  @Test
  void attach_toTheSameRunsMeasuredOtherwise_givesTheSameRows() {
    RunFolderFiles attached = RunFolderFiles.below(folder.resolve("attached"));
    String file = EXPERIMENT.in(folder.resolve("attached.conf"));
    assertThat(gengap.run("run", file, "--runs", "attached").code()).isZero();
    assertThat(rows(attached)).isEmpty();

    Result result = gengap.run("attach", "attached/tiny", "--measures", MEASURES);

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(rows(attached)).hasSizeGreaterThan(15).isEqualTo(rows(measured));
    assertThat(attached.byRun("examples.csv")).isEqualTo(measured.byRun("examples.csv"));
  }

  /** The rows of the measures about how training went. */
  private static List<String> rows(RunFolderFiles files) {
    return files.byRun("measurements.csv").values().stream()
        .flatMap(String::lines)
        .filter(row -> row.matches(".*,(clean_|corrupted_|steps_).*"))
        .toList();
  }

  private static List<String> ofLastStep(List<String> rows) {
    String last = rows.get(rows.size() - 1).split(",", -1)[1];
    return rows.stream().filter(row -> row.split(",", -1)[1].equals(last)).toList();
  }

  private static double value(List<String> rows, String measure) {
    return rows.stream()
        .map(row -> row.split(",", -1))
        .filter(cells -> cells[3].equals(measure))
        .mapToDouble(cells -> Double.parseDouble(cells[5]))
        .findFirst()
        .orElseThrow();
  }

  /** Over the examples whose label is the original one, or is not, by the table of examples. */
  private double meanFirstStep(boolean clean) {
    String table = measured.byRun("examples.csv").values().iterator().next();
    return table
        .lines()
        .skip(1)
        .map(row -> row.split(",", -1))
        .filter(cells -> cells[1].equals(cells[2]) == clean)
        .mapToLong(cells -> Long.parseLong(cells[3]))
        .average()
        .orElseThrow();
  }
}
