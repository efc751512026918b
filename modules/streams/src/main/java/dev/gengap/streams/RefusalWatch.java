package dev.gengap.streams;

import dev.gengap.core.UserError;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * While a producer waits for its deliveries, looks now and then whether the brokers still let it
 * in: a producer that they have begun to refuse takes that for an outage, and waits as long as one
 * may last. Safe for any thread. Caller closes it once the wait is over.
 */
final class RefusalWatch {
  private static final long SECONDS_BETWEEN_LOOKS = 3;
  private static final int LOOK_MILLIS = 5_000;

  private static final ScheduledExecutorService LOOKS =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "gengap-refusal-watch");
            thread.setDaemon(true);
            return thread;
          });

  private final StreamsConfig config;
  private final Consumer<UserError> refused;
  private final ScheduledFuture<?> looks;

  /**
   * Begins to look.
   *
   * @param refused told why, on a thread of the watch's
   */
  RefusalWatch(StreamsConfig config, Consumer<UserError> refused) {
    this.config = config;
    this.refused = refused;
    this.looks =
        LOOKS.scheduleWithFixedDelay(
            this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  private void look() {
    try (Admin admin = Admin.create(ClientSettings.admin(config))) {
      admin.describeCluster(new DescribeClusterOptions().timeoutMs(LOOK_MILLIS)).nodes().get();
    } catch (ExecutionException e) {
      refusal(e).ifPresent(refused);
    } catch (KafkaException e) {
      // The producer was made of the same settings: whatever fails here is its own to hear of.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Anything but a refusal is an outage, which the producer waits out. */
  private Optional<UserError> refusal(ExecutionException failure) {
    return failure.getCause() instanceof AuthenticationException
        ? BrokerErrors.meaning(config, failure)
        : Optional.empty();
  }

  /** Looks no more. */
  void close() {
    looks.cancel(false);
  }
}
