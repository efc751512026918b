package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.core.ExitCode;
import dev.gengap.network.safetensors.SafetensorsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments that are cut short, in every way, end as if they had not been. */
class KillIT {
  /** SIGKILL's number is 9. */
  private static final int KILLED = 128 + 9;

  private static final int STEPS_PER_EPOCH = 40;

  /** The second run trains for so long that it leaves resume points. */
  private static final ExperimentText EXPERIMENT =
      ExperimentText.TINY
          .with("batch-size = 20, learning-rate = 0.05", "batch-size = 5, learning-rate = 0.005")
          .with("max-epochs = 4", "evaluate = full, max-epochs = 20")
          .with("use = [error]", "use = [error, optimisation, memorisation]")
          .with("every = 2 epochs", "every = 4000 steps")
          .with(
              "snapshots {",
              """
              overrides = [ {
                when { condition.kind = random-labels }
                set { training.stop.max-epochs = 1800 }
              } ]
              snapshots {\
              """);

  @TempDir private Path folder;

  @Test
  void run_killedAndInterrupted_endsAsOneThatWasNot() throws Exception {
    Gengap gengap = new Gengap(folder);
    String file = EXPERIMENT.in(folder.resolve("tiny.conf"));
    RunFolderFiles cut = RunFolderFiles.below(folder.resolve("cut"));
    RunFolderFiles whole = RunFolderFiles.below(folder.resolve("whole"));
    try (RunningCommand undisturbed = gengap.start("run", file, "--runs", "whole")) {
      killHalfWay(gengap, file, cut);
      Path unfinished = cut.run("random-labels");
      Map<Path, RunFolderFiles.Stood> finished = RunFolderFiles.standing(cut.run("none"));
      long rows = rows(unfinished);
      assertThat(unfinished.resolve("summary.json")).doesNotExist();

      try (RunningCommand run = gengap.start("run", file, "--runs", "cut")) {
        run.awaitUntil("the second run is further", () -> rows(unfinished) > rows + 20);
        run.interrupt();
        Result interrupted = run.await();
        assertThat(interrupted.err()).isEmpty();
        assertThat(interrupted.code()).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(interrupted.out()).contains("kind=random-labels: stopped at step ");
      }
      assertThat(unfinished.resolve("summary.json")).doesNotExist();

      Result carriedOn = gengap.run("run", file, "--runs", "cut");
      assertThat(carriedOn.err()).isEmpty();
      assertThat(carriedOn.code()).isZero();
      assertThat(RunFolderFiles.standing(cut.run("none"))).isEqualTo(finished);
      assertThat(undisturbed.await().code()).isZero();
    }
    assertThat(clockStarts(cut)).as("a resumed run starts its clock anew").isGreaterThan(1);
    assertThat(cut.byRun("progress.csv")).isEqualTo(whole.byRun("progress.csv"));
    assertThat(cut.byRun("measurements.csv")).isEqualTo(whole.byRun("measurements.csv"));
    assertThat(cut.byRun("examples.csv")).isEqualTo(whole.byRun("examples.csv"));
    assertThat(cut.byRun("summary.json")).isEqualTo(whole.byRun("summary.json"));
    assertThat(snapshots(cut)).isEqualTo(snapshots(whole));
  }

  @Test
  void run_interruptedBeforeItTrains_endsAtOnceAndCanCarryOn() throws Exception {
    Gengap gengap = new Gengap(folder);
    String file = ExperimentText.TINY.in(folder.resolve("tiny.conf"));
    RunFolderFiles files = RunFolderFiles.below(folder.resolve("runs"));
    try (RunningCommand run = gengap.start("run", file)) {
      run.awaitUntil("its broker serves", files::hasBroker);
      run.interrupt();
      Result interrupted = run.await();
      assertThat(interrupted.code()).isEqualTo(ExitCode.INTERRUPTED.code());
      assertThat(interrupted.out()).doesNotContain("finished");
    }

    assertCutShort(gengap.run("watch", files.folder().toString()));
    assertThat(gengap.run("run", file).code()).isZero();
    assertThat(files.byRun("summary.json")).hasSize(2);
  }

  /** Whoever watches is told. */
  private static void killHalfWay(Gengap gengap, String file, RunFolderFiles files) {
    try (RunningCommand run = gengap.start("run", file, "--runs", "cut")) {
      run.awaitUntil("its broker serves", files::hasBroker);
      try (RunningCommand watch = gengap.start("watch", files.folder().toString())) {
        run.awaitUntil("the second run can be resumed", () -> resumable(files));
        assertThat(run.kill().code()).isEqualTo(KILLED);
        assertCutShort(watch.await());
      }
    }
  }

  private static void assertCutShort(Result watched) {
    assertThat(watched.errorLines())
        .containsExactly("gengap: the experiment was cut short; run it again to carry on");
    assertThat(watched.code()).isEqualTo(ExitCode.FAILURE.code());
  }

  /**
   * Whether the first run is complete, and the second can go on from a later epoch than its first.
   */
  private static boolean resumable(RunFolderFiles files) {
    List<Path> described =
        files.runs().stream().filter(run -> Files.exists(run.resolve("manifest.json"))).toList();
    if (described.size() < 2 || !Files.exists(files.run("none").resolve("summary.json"))) {
      return false;
    }
    Path resumePoint = files.run("random-labels").resolve("resume.safetensors");
    return Files.exists(resumePoint)
        && Long.parseLong(SafetensorsReader.read(resumePoint).metadata().get("step"))
            > STEPS_PER_EPOCH;
  }

  private static long rows(Path run) {
    return RunFolderFiles.text(run.resolve("progress.csv")).lines().count();
  }

  /** How often the clock of the long run started: once in each process that trained new epochs. */
  private static long clockStarts(RunFolderFiles files) {
    List<Double> seconds =
        RunFolderFiles.text(files.run("random-labels").resolve("timing.csv"))
            .lines()
            .skip(1)
            .map(line -> Double.parseDouble(line.split(",", -1)[1]))
            .toList();
    return IntStream.range(0, seconds.size())
        .filter(i -> i == 0 || seconds.get(i) < seconds.get(i - 1))
        .count();
  }

  private static Map<String, String> snapshots(RunFolderFiles files) {
    Map<String, String> contents = new TreeMap<>();
    for (Path run : files.runs()) {
      RunFolderFiles.standing(run.resolve("snapshots"))
          .forEach(
              (file, stood) ->
                  contents.put(file.getFileName() + "@" + run.getFileName(), stood.bytes()));
    }
    return contents;
  }
}
