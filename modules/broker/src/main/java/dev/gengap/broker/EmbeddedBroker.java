package dev.gengap.broker;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A Kafka broker and controller (KRaft) in this process, reachable from this machine only unless it
 * is told a host, with its data in a folder that a later broker can open again.
 *
 * <p>Ownership: the caller closes it, after its clients. At most one runs in a process at a time,
 * because Kafka's way out of a failure is global to the process. Safe for any thread.
 *
 * <p>Failure: Kafka halts the process when its disk fails. Here it calls {@code onFailure} instead,
 * once, on a thread of Kafka's, with one line to show; the broker is then of no more use and the
 * callback should end the process with {@link dev.gengap.core.ExitCode#BAD_INPUT}.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** The address a broker serves at unless told another: this machine alone reaches it. */
  public static final String LOOPBACK = "127.0.0.1";

  private final DataFolder folder;
  private final FailureHook hook;
  private final KafkaNode node;
  private final String host;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(DataFolder folder, FailureHook hook, KafkaNode node, String host) {
    this.folder = folder;
    this.hook = hook;
    this.node = node;
    this.host = host;
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
    return start(dataDir, LOOPBACK, onFailure);
  }

  /**
   * As {@link #start(Path, Consumer)}, serving clients at {@code host}, a name or address of this
   * machine that they know it by. Whoever reaches it may read and write everything.
   *
   * @throws UserError also if {@code host} is none of this machine's
   */
  public static EmbeddedBroker start(Path dataDir, String host, Consumer<String> onFailure) {
    requireOwn(host);
    DataFolder folder = DataFolder.open(dataDir, DataFolder.MIN_FREE_BYTES);
    FailureHook hook = FailureHook.install(dataDir, onFailure);
    KafkaNode node = null;
    try {
      node = new KafkaNode(folder.logs(), host);
      node.start();
      var started = new EmbeddedBroker(folder, hook, node, host);
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

  /** Where clients connect: host:port. */
  public String bootstrap() {
    return host + ":" + node.port();
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

  private static void requireOwn(String host) {
    Problem problem =
        Problem.of(
            "", "broker host", host, "a name or address of one of this machine's interfaces");
    try {
      if (NetworkInterface.getByInetAddress(InetAddress.getByName(host)) == null) {
        throw new UserError(problem);
      }
    } catch (IOException e) {
      throw new UserError(problem, e);
    }
  }
}
