package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.broker.BrokerAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment over a broker that another process serves. */
class ExternalBrokerIT {
  @TempDir private Path folder;

  @Test
  void runAndWatch_overABrokerElsewhere_useItAlone() {
    Gengap gengap = new Gengap(folder);
    String file = ExperimentText.TINY.in(folder.resolve("tiny.conf"));
    Path data = folder.resolve("broker");
    RunFolderFiles files = RunFolderFiles.below(folder.resolve("runs"));
    try (RunningCommand broker = gengap.startMain(BrokerMain.class, data.toString())) {
      broker.awaitUntil("it serves", () -> Files.exists(data.resolve("broker.json")));
      String bootstrap = BrokerAddress.read(data).bootstrap();
      try (RunningCommand run = gengap.start("run", file, "--bootstrap", bootstrap)) {
        run.awaitUntil("it trains", () -> run.output().contains("kind=none: running"));
        Result watched =
            gengap.run("watch", "--bootstrap", bootstrap, "--experiment", ExperimentText.NAME);
        Result ran = run.await();

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(watched.err()).isEmpty();
        assertThat(watched.code()).isZero();
        assertThat(ran.out()).contains(table(watched));
      }
      Result later = gengap.run("watch", "--bootstrap", bootstrap);
      assertThat(later.code()).isZero();
      assertThat(later.out()).contains("kind=random-labels");

      Result elsewhere = gengap.run("run", file, "--bootstrap", bootstrap, "--runs", "elsewhere");
      assertThat(elsewhere.code()).isZero();
    }
    assertThat(files.folder().resolve("broker")).doesNotExist();
    RunFolderFiles made = RunFolderFiles.below(folder.resolve("elsewhere"));
    assertThat(made.byRun("progress.csv")).hasSize(2).isEqualTo(files.byRun("progress.csv"));
    assertThat(made.byRun("measurements.csv")).isEqualTo(files.byRun("measurements.csv"));
  }

  private static String table(Result result) {
    return result.out().substring(result.out().indexOf("\nrun "));
  }
}
