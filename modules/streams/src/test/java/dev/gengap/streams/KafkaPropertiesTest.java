package dev.gengap.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaPropertiesTest {
  private static final String SECRET = "s3cret";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ann\""
          + " password=\"s3cret\";";

  @TempDir private Path folder;

  @Test
  void read_fileOfTlsAndLogin_givesItsProperties() throws Exception {
    Path file = folder.resolve("client.properties");
    Files.writeString(
        file,
        """
        # as an operator writes it
        bootstrap.servers = broker:9093
        security.protocol = SASL_SSL
        sasl.mechanism = PLAIN
        acks = all
        ssl.truststore.password = ${file:/run/secrets:trust}
        config.providers = file
        config.providers.file.class = org.apache.kafka.common.config.provider.FileConfigProvider
        """);

    assertThat(KafkaProperties.read(file))
        .hasSize(7)
        .containsEntry("security.protocol", "SASL_SSL");
  }

  @Test
  void read_missingFile_isNamed() {
    Path file = folder.resolve("gone.properties");

    assertThatThrownBy(() -> KafkaProperties.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": properties: none (expected: a file of KEY=VALUE lines in UTF-8)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sasl.jaas.confg     | sasl.jaas.confg: unknown key (expected: a property of Kafka's"
            + " clients); did you mean sasl.jaas.config?",
        "acks                | acks: s3cret (expected: all: else acknowledged records could be lost)",
        "max.block.ms        | max.block.ms: s3cret (expected: none: --outage says it)",
        "fetch.min.bytes     | fetch.min.bytes: s3cret (expected: Not a number of type INT)",
      })
  void check_propertyThatCannotBe_saysWhy(String key, String message) {
    assertThatThrownBy(() -> KafkaProperties.check("f", Map.of(key, SECRET)))
        .isInstanceOf(UserError.class)
        .hasMessage("f: " + message);
  }

  @Test
  void check_severalWrong_saysAll() {
    assertThatThrownBy(() -> KafkaProperties.check("f", Map.of("one", SECRET, "two", SECRET)))
        .hasMessageContaining("f: one: unknown key")
        .hasMessageContaining("f: two: unknown key")
        .hasMessageNotContaining(SECRET);
    assertThatCode(() -> KafkaProperties.check("f", Map.of())).doesNotThrowAnyException();
  }

  @Test
  void redacted_messageWithSecrets_keepsTheRest() {
    Map<String, String> properties =
        Map.of("sasl.jaas.config", LOGIN, "ssl.key.password", "other", "client.rack", "rack");

    assertThat(KafkaProperties.redacted("password s3cret or other at rack", properties))
        .isEqualTo("password [hidden] or [hidden] at rack");
  }

  @Test
  void toString_ofAConfigWithSecrets_hidesThem() {
    var second = Duration.ofSeconds(1);
    var config = new StreamsConfig("b:1", "x", second, second, Map.of("sasl.jaas.config", LOGIN));

    assertThat(config.toString()).contains("sasl.jaas.config").doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "sasl.jaas.config, org.apache.Login required password=s3cret",
    "ssl.truststore.location, /gone/s3cret-is-no-secret-here",
    "sasl.client.callback.handler.class, not.a.Class"
  })
  void open_settingsNoClientCanUse_areRefusedWithoutSecrets(String key, String value) {
    var second = Duration.ofSeconds(1);
    Map<String, String> properties =
        Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN", key, value);
    var config = new StreamsConfig("127.0.0.1:1", "x", second, second, properties);

    assertThatThrownBy(() -> BrokerConnection.open(config))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--kafka-config: settings of Kafka's clients: ")
        .hasMessageNotContaining("password=s3cret");
  }
}
