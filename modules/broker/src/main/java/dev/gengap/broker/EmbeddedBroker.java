package dev.gengap.broker;

import dev.gengap.core.UserError;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A Kafka broker and controller (KRaft) in this process, reachable from this machine only, with its
 * data in a folder that a later broker can open again.
 *
 * <p>Ownership: the caller closes it, after its clients. At most one runs in a process at a time,
 * because Kafka's way out of a failure is global to the process. Safe for any thread.
 *
 * <p>Failure: Kafka halts the process when its disk fails. Here it calls {@code onFailure} instead,
 * once, on a thread of Kafka's, with one line to show; the broker is then of no more use and the
 * callback should end the process with {@link dev.gengap.core.ExitCode#BAD_INPUT}.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final DataFolder folder;
  private final FailureHook hook;
  private final KafkaNode node;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(DataFolder folder, FailureHook hook, KafkaNode node) {
    this.folder = folder;
    this.hook = hook;
    this.node = node;
  }

  /**
   * Checks that the disk of {@code dataDir}, which need not exist, has room for a broker; writes
   * nothing.
   *
   * @throws UserError if it has not
   */
  public static void requireRoom(Path dataDir) {
    DataFolder.requireRoom(dataDir, DataFolder.MIN_FREE_BYTES);
  }

  /**
   * Starts a broker over {@code dataDir}, which is created if absent; returns once clients are
   * served.
   *
   * @param onFailure receives one line if the disk fails later
   * @throws UserError if the folder cannot be written, is short of space, or is in use
   */
  public static EmbeddedBroker start(Path dataDir, Consumer<String> onFailure) {
    DataFolder folder = DataFolder.open(dataDir, DataFolder.MIN_FREE_BYTES);
    FailureHook hook = FailureHook.install(dataDir, onFailure);
    KafkaNode node = null;
    try {
      node = new KafkaNode(folder.logs());
      node.start();
      var started = new EmbeddedBroker(folder, hook, node);
      new BrokerAddress(started.bootstrap(), ProcessHandle.current().pid()).write(dataDir);
      return started;
    } catch (Exception e) {
      if (node != null) {
        node.stop();
      }
      hook.close();
      folder.close();
      throw new IllegalStateException("embedded broker over " + dataDir + " did not start", e);
    }
  }

  /** Where clients connect: 127.0.0.1:port. */
  public String bootstrap() {
    return "127.0.0.1:" + node.port();
  }

  /** Stops the broker, keeps its data, and frees the folder; a second call does nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (folder;
        hook) {
      BrokerAddress.delete(folder.path());
      node.stop();
    }
  }
}
