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

  @Test
  void broker_atAHostOfAnotherMachine_isRefused() {
    Result result =
        new Gengap(folder).run("broker", folder.resolve("b").toString(), "--host", "192.0.2.1");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("gengap: broker host: 192.0.2.1 (expected: a name or address of ");
  }
}
