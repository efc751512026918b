package dev.gengap.streams;

import dev.gengap.core.Problem;
import dev.gengap.core.Suggestion;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/**
 * Properties of Kafka's clients as their users write them: files in Java's format, with the keys
 * Kafka documents. Some hold secrets, so no message repeats the value of a secret or unknown key.
 */
public final class KafkaProperties {
  private static final List<ConfigDef> CLIENTS =
      List.of(
          ProducerConfig.configDef(), ConsumerConfig.configDef(), AdminClientConfig.configDef());

  /** Kafka fetches values from elsewhere by these; their names are free. */
  private static final String PROVIDERS = "config.providers.";

  /** A value that a provider is to fetch cannot be looked at. */
  private static final String PROVIDED = "${";

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|'([^']+)'");
  private static final String HIDDEN = "[hidden]";

  /** What delivery rests on, and what it has to be. */
  private static final Map<String, List<String>> FIXED =
      Map.of("acks", List.of("all", "-1"), "enable.idempotence", List.of("true"));

  /** What an option says, or nobody may. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "delivery.timeout.ms", "none: --outage says it",
          "default.api.timeout.ms", "none: --outage says it",
          "max.block.ms", "none: --outage says it",
          "retries", "none: --outage says how long to try",
          "transactional.id", "none: nothing is sent in transactions");

  private KafkaProperties() {}

  /**
   * Reads a file of Java properties, in UTF-8.
   *
   * @throws UserError if it cannot be read, or {@link #check} refuses it
   */
  public static Map<String, String> read(Path file) {
    Properties loaded = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      loaded.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      String found = Files.exists(file) ? "unreadable" : "none";
      throw new UserError(
          Problem.of(file.toString(), "properties", found, "a file of KEY=VALUE lines in UTF-8"),
          e);
    }
    Map<String, String> properties = new TreeMap<>();
    loaded.stringPropertyNames().forEach(key -> properties.put(key, loaded.getProperty(key)));
    check(file.toString(), properties);
    return properties;
  }

  /**
   * Checks that Kafka's clients know the properties and can use their values, and that they leave
   * alone what delivery rests on.
   *
   * @param place where they were found: a file or an option
   * @throws UserError with everything that is wrong
   */
  public static void check(String place, Map<String, String> properties) {
    List<Problem> problems = new ArrayList<>();
    new TreeMap<>(properties)
        .forEach((key, value) -> problem(place, key, value).ifPresent(problems::add));
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
  }

  /** {@code text} without the secrets that {@code properties} hold. */
  static String redacted(String text, Map<String, String> properties) {
    String safe = text;
    for (String key : properties.keySet()) {
      if (isSecret(key)) {
        for (String secret : secrets(properties.get(key)).toList()) {
          safe = safe.replace(secret, HIDDEN);
        }
      }
    }
    return safe;
  }

  private static Optional<Problem> problem(String place, String key, String value) {
    if (key.startsWith(PROVIDERS)) {
      return Optional.empty();
    }
    if (definitions(key).findAny().isEmpty()) {
      return Optional.of(
          Problem.of(place, key, "unknown key", "a property of Kafka's clients")
              .withRemedy(Suggestion.remedy(key, names())));
    }
    if (ELSEWHERE.containsKey(key)) {
      return Optional.of(Problem.of(place, key, value, ELSEWHERE.get(key)));
    }
    if (FIXED.containsKey(key) && !FIXED.get(key).contains(value.strip())) {
      String expected = FIXED.get(key).get(0) + ": else acknowledged records could be lost";
      return Optional.of(Problem.of(place, key, value, expected));
    }
    return value.contains(PROVIDED)
        ? Optional.empty()
        : definitions(key).flatMap(definition -> unusable(place, definition, value)).findFirst();
  }

  private static Stream<Problem> unusable(String place, ConfigKey definition, String value) {
    try {
      Object parsed = ConfigDef.parseType(definition.name, value, definition.type);
      if (definition.validator != null) {
        definition.validator.ensureValid(definition.name, parsed);
      }
      return Stream.empty();
    } catch (ConfigException e) {
      String reason = String.valueOf(e.getMessage());
      int known = reason.lastIndexOf(definition.name + ": ");
      String expected =
          known < 0 ? "another value" : reason.substring(known + definition.name.length() + 2);
      return isSecret(definition.name)
          ? Stream.of(Problem.of(place, definition.name, HIDDEN, "a value Kafka's clients can use"))
          : Stream.of(Problem.of(place, definition.name, value, expected));
    }
  }

  private static Stream<ConfigKey> definitions(String key) {
    return CLIENTS.stream()
        .filter(client -> client.configKeys().containsKey(key))
        .map(client -> client.configKeys().get(key));
  }

  private static boolean isSecret(String key) {
    return definitions(key).anyMatch(found -> found.type == ConfigDef.Type.PASSWORD);
  }

  /** The value, and what stands in quotes in it: the options of a login module do. */
  private static Stream<String> secrets(String value) {
    Matcher quoted = QUOTED.matcher(value);
    Stream<String> inside =
        quoted
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .toList()
            .stream();
    return Stream.concat(Stream.of(value), inside).filter(secret -> !secret.isBlank());
  }

  private static List<String> names() {
    return CLIENTS.stream()
        .flatMap(client -> client.names().stream())
        .filter(name -> !ELSEWHERE.containsKey(name))
        .distinct()
        .sorted()
        .toList();
  }
}
