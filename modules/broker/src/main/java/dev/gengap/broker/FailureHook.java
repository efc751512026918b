package dev.gengap.broker;

import dev.gengap.core.Problem;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/**
 * Stands where Kafka would halt the process (its log folder failed, say) and tells someone instead.
 * Kafka's procedures are global to the process: the newest hook holds until it is closed.
 */
final class FailureHook implements AutoCloseable {
  private final Path dataDir;
  private final Consumer<String> onFailure;
  private final AtomicBoolean told = new AtomicBoolean();

  private FailureHook(Path dataDir, Consumer<String> onFailure) {
    this.dataDir = dataDir;
    this.onFailure = onFailure;
  }

  static FailureHook install(Path dataDir, Consumer<String> onFailure) {
    var hook = new FailureHook(dataDir, onFailure);
    Exit.setHaltProcedure(hook::fail);
    Exit.setExitProcedure(hook::fail);
    return hook;
  }

  @Override
  public void close() {
    told.set(true);
    Exit.resetHaltProcedure();
    Exit.resetExitProcedure();
  }

  private void fail(int status, String message) {
    if (!told.compareAndSet(false, true)) {
      return;
    }
    long freeMebibytes = dataDir.toFile().getUsableSpace() >> 20;
    onFailure.accept(
        Problem.of(
                dataDir.toString(),
                "broker data folder",
                (message == null ? "failed" : message) + ", " + freeMebibytes + " MiB free",
                "a disk that can be written")
            .withRemedy("mend the disk or free space and run the same command again")
            .toString());
  }
}
