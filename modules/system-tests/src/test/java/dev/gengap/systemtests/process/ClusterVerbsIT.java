package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.broker.BrokerAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be asked of a cluster that is not there yet. */
class ClusterVerbsIT {
  @TempDir private Path folder;

  @Test
  void verbs_withoutACoordinator_sayThatNothingHappens() {
    Gengap gengap = new Gengap(folder);
    String file = ExperimentText.TINY.in(folder.resolve("tiny.conf"));
    Path data = folder.resolve("broker");
    try (RunningCommand broker = gengap.start("broker", data.toString())) {
      broker.awaitUntil("it serves", () -> Files.exists(data.resolve("broker.json")));
      String bootstrap = BrokerAddress.read(data).bootstrap();

      Result nothing = gengap.run("status", "--bootstrap", bootstrap);
      Result submitted = gengap.run("submit", file, "--bootstrap", bootstrap);
      Result status = gengap.run("status", "tiny", "--bootstrap", bootstrap);
      Result paused = gengap.run("pause", "tiny", "--bootstrap", bootstrap);
      Result deleted =
          gengap.run("delete", "tiny", "--bootstrap", bootstrap, "--wait", "--within", "1");

      assertThat(nothing.out()).isEqualTo("nothing is submitted\n");
      assertThat(submitted.err()).isEmpty();
      assertThat(submitted.code()).isZero();
      assertThat(submitted.out()).startsWith("tiny: submitted; 2 runs\n");
      assertThat(status.out()).contains("is a node with role coordinator up?");
      assertThat(paused.out()).contains("until one is up nothing happens");
      assertThat(deleted.code()).isEqualTo(1);
      assertThat(deleted.errorLines())
          .containsExactly(
              "gengap: no coordinator answered within 1 s; is a node with role coordinator up?"
                  + " It is done once one is");
    }
  }
}
