package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An experiment from its file to its folder, watched meanwhile; the runs are shared. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunIT {
  /** Long enough for a second process to start half-way. */
  private static final ExperimentText EXPERIMENT =
      ExperimentText.TINY
          .with("max-epochs = 4", "max-epochs = 200")
          .with("every = 2 epochs", "every = 50 epochs");

  @TempDir private static Path folder;

  private static Gengap gengap;
  private static RunFolderFiles files;
  private static Result ran;
  private static Result watched;

  @BeforeAll
  static void runAndWatch() {
    gengap = new Gengap(folder);
    files = RunFolderFiles.below(folder.resolve("runs"));
    String file = EXPERIMENT.in(folder.resolve("tiny.conf"));
    try (RunningCommand run = gengap.start("run", file)) {
      run.awaitUntil("its broker serves", files::hasBroker);
      watched = gengap.run("watch", files.folder().toString());
      ran = run.await();
    }
  }

  @Test
  @Order(1)
  void run_ofTwoCells_endsWithTheTable() {
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out().lines())
        .anyMatch(line -> line.matches("run +kind +epochs +steps +train loss +train acc.*"))
        .anyMatch(line -> line.matches("[0-9a-f]{12} +none +200 +2000 .*"))
        .anyMatch(line -> line.matches("[0-9a-f]{12} +random-labels +200 +2000 .*"))
        .anyMatch(line -> line.matches("distance_from_init( +[0-9.]+){2}"))
        .endsWith("results: runs/tiny");
  }

  @Test
  @Order(1)
  void run_ofTwoCells_leavesACompleteFolder() {
    assertThat(RunFolderFiles.text(files.folder().resolve("experiment.conf")))
        .isEqualTo(EXPERIMENT.text());
    assertThat(files.folder().resolve("manifest.json")).isNotEmptyFile();
    assertThat(files.folder().resolve("summary.json")).isNotEmptyFile();
    assertThat(files.folder().resolve("report.html")).isNotEmptyFile();
    assertThat(files.hasBroker()).isFalse();
    assertThat(files.runs()).hasSize(2);
    for (Path run : files.runs()) {
      assertThat(run.resolve("manifest.json")).isNotEmptyFile();
      assertThat(run.resolve("summary.json")).content().contains("\"steps\" : 2000");
      assertThat(RunFolderFiles.text(run.resolve("progress.csv")).lines()).hasSize(201);
      assertThat(RunFolderFiles.text(run.resolve("measurements.csv")).lines())
          .anyMatch(line -> line.contains(",0,0,margin_p5,,"))
          .anyMatch(line -> line.contains(",2000,200,test_error,,"));
      assertThat(run.resolve("snapshots"))
          .isDirectoryContaining("glob:**/step-000000000000.safetensors")
          .isDirectoryContaining("glob:**/step-000000002000.safetensors");
      assertThat(run.resolve("snapshots").toFile().list()).hasSize(5);
      assertThat(run.resolve("resume.safetensors")).doesNotExist();
    }
  }

  @Test
  @Order(1)
  void watch_startedHalfWay_showsAllRunsToTheEnd() {
    assertThat(watched.err()).isEmpty();
    assertThat(watched.code()).isZero();
    assertThat(table(watched)).isNotEmpty().isEqualTo(table(ran));
  }

  @Test
  @Order(1)
  void watch_afterTheEnd_showsTheSame() {
    Result later = gengap.run("watch", files.folder().toString());

    assertThat(later.err()).isEmpty();
    assertThat(later.code()).isZero();
    assertThat(table(later)).isEqualTo(table(ran));
  }

  @Test
  @Order(1)
  void run_ofTheSameFileElsewhere_yieldsTheSameBytes() {
    Result again = gengap.run("run", "tiny.conf", "--runs", "again");

    RunFolderFiles other = RunFolderFiles.below(folder.resolve("again"));
    assertThat(again.code()).isZero();
    assertThat(other.byRun("progress.csv")).isEqualTo(files.byRun("progress.csv"));
    assertThat(other.byRun("measurements.csv")).isEqualTo(files.byRun("measurements.csv"));
    assertThat(other.byRun("summary.json")).isEqualTo(files.byRun("summary.json"));
  }

  @Test
  @Order(1)
  void run_whoseFeedCarriesIds_yieldsTheSameBytes() {
    new ExperimentText(EXPERIMENT.text() + "feed.payload = ids\n").in(folder.resolve("ids.conf"));

    Result result = gengap.run("run", "ids.conf", "--runs", "ids");

    RunFolderFiles ids = RunFolderFiles.below(folder.resolve("ids"));
    assertThat(result.code()).isZero();
    assertThat(ids.byRun("progress.csv")).isEqualTo(files.byRun("progress.csv"));
    assertThat(ids.byRun("measurements.csv")).isEqualTo(files.byRun("measurements.csv"));
    assertThat(ids.byRun("summary.json")).isEqualTo(files.byRun("summary.json"));
    for (String kind : List.of("none", "random-labels")) {
      Path last = Path.of("snapshots", "step-000000002000.safetensors");
      assertThat(ids.run(kind).resolve(last)).hasSameBinaryContentAs(files.run(kind).resolve(last));
    }
  }

  /** Last: it changes the folder. */
  @Test
  @Order(2)
  void run_ofAnEditedFile_runsOnlyTheNewCell() throws Exception {
    Map<Path, RunFolderFiles.Stood> before = RunFolderFiles.standing(files.run("none"));
    before.putAll(RunFolderFiles.standing(files.run("random-labels")));
    EXPERIMENT
        .with("[none, random-labels]", "[none, random-labels, gaussian]")
        .in(folder.resolve("tiny.conf"));

    Result result = gengap.run("run", "tiny.conf");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out().lines())
        .contains("kind=gaussian: running")
        .noneMatch(line -> line.equals("kind=none: running"));
    Map<Path, RunFolderFiles.Stood> after = RunFolderFiles.standing(files.run("none"));
    after.putAll(RunFolderFiles.standing(files.run("random-labels")));
    assertThat(after).isEqualTo(before);
    assertThat(Files.readString(files.run("gaussian").resolve("summary.json")))
        .contains("max-epochs");
  }

  /** The final table, without the lines about the way there. */
  private static String table(Result result) {
    int start = result.out().indexOf("\nrun ");
    return result.out().substring(start).replace("results: runs/tiny\n", "");
  }
}
