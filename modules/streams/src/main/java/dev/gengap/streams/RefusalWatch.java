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
 * While a producer waits for its deliveries, looks now and then whether the brokers still let it
 * in: a producer that they have begun to refuse takes that for an outage, and waits as long as one
 * may last. Short waits, of which there are many, cost next to nothing. Safe for any thread. Caller
 * closes it once the wait is over.
 */
final class RefusalWatch {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
  private static final int LOOK_MILLIS = 5_000;
  private static final Set<RefusalWatch> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Thread watch = new Thread(RefusalWatch::watch, "gengap-refusal-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private final StreamsConfig config;
  private final Consumer<UserError> refused;
  private final long begun = System.nanoTime();

  /**
   * Begins to look.
   *
   * @param refused told why, on the thread of the watches
   */
  RefusalWatch(StreamsConfig config, Consumer<UserError> refused) {
    this.config = config;
    this.refused = refused;
    OPEN.add(this);
  }

  private static void watch() {
    try {
      while (true) {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
        for (RefusalWatch open : OPEN) {
          if (System.nanoTime() - open.begun >= BETWEEN_LOOKS.toNanos()) {
            open.look();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      refusal().ifPresent(refused);
    } catch (KafkaException e) {
      // The producer was made of the same settings: whatever fails here is its own to hear of.
      LOG.warn("cannot look whether {} still lets this process in", config.bootstrap(), e);
    }
  }

  /** Anything but a refusal is an outage, which the producer waits out. */
  private Optional<UserError> refusal() throws InterruptedException {
    try (Admin admin = Admin.create(ClientSettings.admin(config))) {
      admin.describeCluster(new DescribeClusterOptions().timeoutMs(LOOK_MILLIS)).nodes().get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return e.getCause() instanceof AuthenticationException
          ? BrokerErrors.meaning(config, e)
          : Optional.empty();
    }
  }

  /** Looks no more. */
  void close() {
    OPEN.remove(this);
  }
}
