package dev.gengap.streams;

import dev.gengap.core.UserError;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While producers wait for their deliveries, looks now and then whether the brokers still let this
 * process in: a producer that they have begun to refuse takes that for an outage, and waits as long
 * as one may last. A refusal counts once two looks in a row have met it, so that no run ends over a
 * single handshake. Short waits, of which there are many, cost next to nothing. Safe for any
 * thread. Caller closes it, which ends its thread.
 */
final class RefusalWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
  private static final int LOOK_MILLIS = 5_000;

  private final StreamsConfig config;
  private final Admin admin;
  private final Set<Waiting> waits = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::watch, "gengap-refusal-watch");

  /** A producer that waits, since when [ns]. Equal to itself alone. */
  private static final class Waiting {
    private final Consumer<UserError> refused;
    private final long begun = System.nanoTime();

    Waiting(Consumer<UserError> refused) {
      this.refused = refused;
    }

    boolean isLong() {
      return System.nanoTime() - begun >= BETWEEN_LOOKS.toNanos();
    }
  }

  /**
   * Begins to watch.
   *
   * @param admin asks the brokers; stays the caller's
   */
  RefusalWatch(StreamsConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Runs {@code wait}.
   *
   * @param refused told why, on the thread of the watch, if the brokers refuse meanwhile
   */
  void during(Runnable wait, Consumer<UserError> refused) {
    Waiting waiting = new Waiting(refused);
    waits.add(waiting);
    try {
      wait.run();
    } finally {
      waits.remove(waiting);
    }
  }

  private void watch() {
    boolean refusedBefore = false;
    try {
      while (true) {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
        boolean anyLong = waits.stream().anyMatch(Waiting::isLong);
        Optional<UserError> refusal = anyLong ? refusal() : Optional.empty();
        if (refusedBefore) {
          refusal.ifPresent(this::tell);
        }
        refusedBefore = refusal.isPresent();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(UserError refusal) {
    for (Waiting waiting : waits) {
      try {
        waiting.refused.accept(refusal);
      } catch (KafkaException e) {
        LOG.warn("a producer that {} refuses did not close", config.bootstrap(), e);
      }
    }
  }

  /** Anything but a refusal is an outage, which a producer waits out. */
  private Optional<UserError> refusal() throws InterruptedException {
    try {
      admin.describeCluster(new DescribeClusterOptions().timeoutMs(LOOK_MILLIS)).nodes().get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return e.getCause() instanceof AuthenticationException
          ? BrokerErrors.meaning(config, e)
          : Optional.empty();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
