package dev.gengap.streams;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/** What failures of Kafka's clients mean to whoever runs Gengap. */
final class BrokerErrors {
  private static final String OPTION = "--kafka-config";

  private BrokerErrors() {}

  /** No broker answers. */
  static UserError unreachable(StreamsConfig config, Throwable cause) {
    return unanswered(
        config,
        config.timeout(),
        "start it or mend the address; without --bootstrap gengap runs its own",
        cause);
  }

  /** A broker that was found has not answered for as long as an outage may last. */
  static UserError outage(StreamsConfig config, Throwable cause) {
    return unanswered(
        config,
        config.outage(),
        "once it does, the same command carries on; --outage waits longer",
        cause);
  }

  /** A client cannot be made of these settings. */
  static UserError unusable(StreamsConfig config, KafkaException cause) {
    String why = messages(config, cause);
    if (why.contains("bootstrap")) {
      return unreachable(config, cause);
    }
    return new UserError(
        Problem.of(OPTION, "settings of Kafka's clients", why, "settings they can use"), cause);
  }

  /** What the user has to mend, if that is what {@code failure} comes from. */
  static Optional<UserError> meaning(StreamsConfig config, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError error) {
        return Optional.of(error);
      } else if (cause instanceof SslAuthenticationException) {
        return Optional.of(new UserError(tls(config, cause), failure));
      } else if (cause instanceof AuthenticationException) {
        Problem refused =
            Problem.of(config.bootstrap(), "login", messages(config, cause), "one it accepts")
                .withRemedy("mend the sasl. properties of " + OPTION);
        return Optional.of(new UserError(refused, failure));
      } else if (cause instanceof AuthorizationException) {
        Problem refused =
            Problem.of(config.bootstrap(), "rights", messages(config, cause), "granted")
                .withRemedy("let the user describe, create, read, write and delete on gengap.*");
        return Optional.of(new UserError(refused, failure));
      } else if (cause instanceof TimeoutException) {
        return Optional.of(outage(config, failure));
      }
    }
    return Optional.empty();
  }

  /**
   * What {@code request} to a client returns.
   *
   * @throws UserError if it fails for a reason the user has to mend
   */
  static <T> T asking(StreamsConfig config, Supplier<T> request) {
    try {
      return request.get();
    } catch (KafkaException e) {
      throw meaning(config, e).map(RuntimeException.class::cast).orElse(e);
    }
  }

  /** The messages of {@code failure} and its causes, from the outermost on, without secrets. */
  static String messages(StreamsConfig config, Throwable failure) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      boolean repeats = cause.getCause() != null && repeats(message, cause.getCause());
      if (message != null && !repeats && !message.startsWith("Failed to c")) {
        messages.add(message);
      }
    }
    String all = messages.isEmpty() ? failure.getClass().getSimpleName() : join(messages);
    return KafkaProperties.redacted(all, config.clientProperties());
  }

  private static boolean repeats(String message, Throwable cause) {
    return message != null
        && (message.contains(cause.toString()) || message.equals(cause.getMessage()));
  }

  private static String join(List<String> messages) {
    return String.join(": ", messages.stream().distinct().toList());
  }

  private static Problem tls(StreamsConfig config, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return certificate(config, "expired, " + cause.getMessage());
      } else if (cause instanceof CertificateNotYetValidException) {
        return certificate(config, "not valid yet, " + cause.getMessage());
      } else if (cause instanceof CertPathBuilderException) {
        return Problem.of(config.bootstrap(), "TLS certificate", "unknown signer", "a trusted one")
            .withRemedy("name a store that holds its authority: ssl.truststore.location");
      }
    }
    return Problem.of(
            config.bootstrap(),
            "TLS",
            messages(config, failure),
            "a handshake with a broker to be trusted")
        .withRemedy("mend the ssl. properties or security.protocol of " + OPTION);
  }

  private static Problem certificate(StreamsConfig config, String state) {
    return Problem.of(config.bootstrap(), "TLS certificate", state, "one that is valid now")
        .withRemedy("renew it, or set the clock right");
  }

  private static UserError unanswered(
      StreamsConfig config, Duration waited, String remedy, Throwable cause) {
    String expected = "a Kafka broker that answers within " + waited.toSeconds() + " s";
    return new UserError(
        Problem.of("--bootstrap", "broker", config.bootstrap(), expected).withRemedy(remedy),
        cause);
  }
}
