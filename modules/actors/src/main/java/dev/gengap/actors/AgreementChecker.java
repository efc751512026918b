package dev.gengap.actors;

import akka.cluster.ConfigValidation;
import akka.cluster.Invalid;
import akka.cluster.JoinConfigCompatChecker;
import com.typesafe.config.Config;
import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Lets only nodes into a cluster that have its version and its brokers. Akka makes it. */
public final class AgreementChecker extends JoinConfigCompatChecker {
  private static final List<String> KEYS =
      List.of("gengap.agreement.version", "gengap.agreement.brokers");

  @Override
  public Seq<String> requiredKeys() {
    return seq(KEYS);
  }

  @Override
  public ConfigValidation check(Config toCheck, Config actualConfig) {
    List<String> differences =
        KEYS.stream()
            .filter(key -> !value(toCheck, key).equals(value(actualConfig, key)))
            .map(
                key ->
                    "%s: %s (expected: %s)"
                        .formatted(key, value(toCheck, key), value(actualConfig, key)))
            .toList();
    return differences.isEmpty()
        ? JoinConfigCompatChecker.fullMatch(seq(KEYS), toCheck, actualConfig)
        : new Invalid(seq(differences));
  }

  private static String value(Config config, String key) {
    return config.hasPath(key) ? config.getString(key) : "none";
  }

  private static Seq<String> seq(List<String> strings) {
    return CollectionConverters.asScala(strings).toList();
  }
}
