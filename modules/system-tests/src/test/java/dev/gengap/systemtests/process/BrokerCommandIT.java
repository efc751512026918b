package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.broker.BrokerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker alone, for other programs. */
class BrokerCommandIT {
  @TempDir private Path folder;

  @Test
  void broker_interrupted_hasSaidItsAddressAndEndsCleanly()
      throws IOException, InterruptedException {
    Path data = folder.resolve("broker");
    try (RunningCommand broker = new Gengap(folder).start("broker", data.toString())) {
      broker.awaitUntil("it serves", () -> broker.output().endsWith("\n"));
      assertThat(broker.output())
          .isEqualTo("export GENGAP_BOOTSTRAP=" + BrokerAddress.read(data).bootstrap() + "\n");

      broker.interrupt();
      Result ended = broker.await();

      assertThat(ended.code()).isEqualTo(130);
      assertThat(ended.err()).isEmpty();
      assertThat(Files.exists(data.resolve("broker.json"))).isFalse();
    }
  }
}
