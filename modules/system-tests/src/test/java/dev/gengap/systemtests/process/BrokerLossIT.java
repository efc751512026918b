package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment over three brokers of which one after the other is lost. */
class BrokerLossIT {
  private static final ExperimentText EXPERIMENT =
      ExperimentText.TINY
          .with("max-epochs = 4", "max-epochs = 1000")
          .with("every = 2 epochs", "every = 500 epochs");

  @TempDir private Path folder;

  @Test
  void run_whileBrokersAreKilledAndRestarted_endsAsOneUndisturbed() {
    Gengap gengap = new Gengap(folder);
    String file = EXPERIMENT.in(folder.resolve("tiny.conf"));
    RunFolderFiles disturbed = RunFolderFiles.below(folder.resolve("disturbed"));
    RunFolderFiles whole = RunFolderFiles.below(folder.resolve("whole"));
    assertThat(gengap.run("run", file, "--runs", "whole").code()).isZero();
    try (KafkaCluster kafka = KafkaCluster.of(3).start(folder.resolve("kafka"));
        RunningCommand run =
            gengap.start(
                "run",
                file,
                "--runs",
                "disturbed",
                "--bootstrap",
                kafka.bootstrap(),
                "--replication",
                "3")) {
      awaitProgress(run, disturbed);

      kafka.kill(0);
      awaitProgress(run, disturbed);
      // Frozen, it is not at its end before the brokers are ready for the next loss.
      run.signal("STOP");
      kafka.start(0);
      kafka.awaitInSync();
      run.signal("CONT");
      kafka.stop(1);
      awaitProgress(run, disturbed);
      kafka.start(1);

      Result ended = run.await();
      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isZero();
    }
    assertThat(disturbed.byRun("progress.csv")).isEqualTo(whole.byRun("progress.csv"));
    assertThat(disturbed.byRun("measurements.csv")).isEqualTo(whole.byRun("measurements.csv"));
    assertThat(disturbed.byRun("summary.json")).isEqualTo(whole.byRun("summary.json"));
  }

  private static void awaitProgress(RunningCommand run, RunFolderFiles files) {
    long rows = rows(files);
    run.awaitUntil("more epochs", () -> rows(files) > rows + 100);
  }

  private static long rows(RunFolderFiles files) {
    return files.runs().stream()
        .map(run -> run.resolve("progress.csv"))
        .filter(Files::exists)
        .mapToLong(progress -> RunFolderFiles.text(progress).lines().count())
        .sum();
  }
}
