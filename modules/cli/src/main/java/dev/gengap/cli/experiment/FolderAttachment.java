package dev.gengap.cli.experiment;

import dev.gengap.actors.MeasurementFiles;
import dev.gengap.broker.BrokerAddress;
import dev.gengap.cli.console.Console;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.experiment.results.FolderLock;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.StreamException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A measure group at an experiment with its own broker: over that of the process that runs it, and
 * once nobody does, over one of this process. Confined to one thread.
 */
final class FolderAttachment {
  private static final long POLL_MILLIS = 100;

  /** How long a process may hold a run folder without a broker that answers. */
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Attachment attachment;
  private final RunFolder folder;
  private final BrokerOptions brokers;
  private final Console console;
  private final String experiment;
  private final Path brokerFolder;

  /** Since when it has been waiting for a broker that answers, if it has. */
  private OptionalLong waitingSince = OptionalLong.empty();

  FolderAttachment(
      Attachment attachment, RunFolder folder, BrokerOptions brokers, Console console) {
    this.attachment = attachment;
    this.folder = folder;
    this.brokers = brokers;
    this.console = console;
    this.experiment = folder.manifest().path("experiment").asText();
    this.brokerFolder = folder.brokerFolder();
  }

  /**
   * Measures until everything is measured, or the process is interrupted.
   *
   * @param once whether the snapshots that are there now are everything
   * @throws UserError if somebody holds the folder, and no broker answers
   */
  void follow(boolean once) throws InterruptedException {
    boolean done = false;
    while (!done && !attachment.interruption().happened()) {
      Optional<FolderLock> lock = FolderLock.tryAcquire(folder.path());
      if (lock.isPresent()) {
        try {
          alone();
        } finally {
          lock.get().close();
        }
        done = true;
      } else {
        done = join(once);
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  /** Over a broker of one's own, while nobody else writes the folder. */
  private void alone() throws InterruptedException {
    try (BrokerAccess own = attachment.interruption().starting(this::embedded)) {
      attachment.follow(own.connection(), folder, () -> true, () -> false);
      MeasurementFiles.update(own.connection(), folder);
    }
  }

  private BrokerAccess embedded() {
    return BrokerAccess.embedded(brokerFolder, brokers, experiment, console);
  }

  /**
   * Over the broker of the process that runs the experiment, until that ends.
   *
   * @return whether everything that was asked for is measured
   */
  private boolean join(boolean once) throws InterruptedException {
    Optional<BrokerAccess> running = running();
    if (running.isEmpty()) {
      return false;
    }
    try (BrokerAccess access = running.get()) {
      return follow(access.connection(), once);
    }
  }

  private boolean follow(BrokerConnection broker, boolean once) throws InterruptedException {
    try {
      return attachment.follow(broker, folder, () -> once, this::isGone);
    } catch (UserError | StreamException e) {
      if (isGone() || !answers(broker)) {
        return false;
      }
      throw e;
    }
  }

  private boolean isGone() {
    return BrokerAddress.isGone(brokerFolder);
  }

  private static boolean answers(BrokerConnection broker) {
    try {
      broker.requireReachable();
      return true;
    } catch (UserError | StreamException e) {
      return false;
    }
  }

  /** The broker that runs, unless whoever is to run one may be about to begin, or to end. */
  private Optional<BrokerAccess> running() {
    long now = System.nanoTime();
    try {
      BrokerAddress address = BrokerAddress.ofRunning(brokerFolder).orElseThrow(this::noBroker);
      BrokerAccess access = BrokerAccess.to(brokers.own(address.bootstrap(), experiment));
      waitingSince = OptionalLong.empty();
      return Optional.of(access);
    } catch (UserError | StreamException e) {
      waitingSince = OptionalLong.of(waitingSince.orElse(now));
      if (now - waitingSince.getAsLong() > PATIENCE_NANOS) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private UserError noBroker() {
    return new UserError(
        Problem.of(folder.path().toString(), "broker", "none that answers", "the experiment's own")
            .withRemedy("if it runs on brokers elsewhere, give --bootstrap"));
  }
}
