package dev.gengap.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Map;

/** Akka's settings for a node of a cluster: those of every node, and its own. */
final class ClusterConfig {
  private ClusterConfig() {}

  static Config of(NodeSettings settings) {
    Map<String, Object> own = new HashMap<>();
    own.put("akka.remote.artery.canonical.hostname", settings.host());
    own.put("akka.remote.artery.canonical.port", settings.port());
    own.put("akka.cluster.roles", settings.roles().stream().map(Role::key).sorted().toList());
    own.put("gengap.agreement.version", settings.agreement().version());
    own.put("gengap.agreement.brokers", settings.agreement().brokers());
    settings.tls().ifPresent(tls -> own.putAll(of(tls)));
    return ConfigFactory.parseMap(own)
        .withFallback(ConfigFactory.parseResources("gengap-cluster.conf"))
        .resolve();
  }

  private static Map<String, Object> of(NodeSettings.Tls tls) {
    String engine = "akka.remote.artery.ssl.config-ssl-engine.";
    return Map.of(
        "akka.remote.artery.transport",
        "tls-tcp",
        engine + "key-store",
        tls.keyStore().toString(),
        engine + "trust-store",
        tls.trustStore().toString(),
        engine + "key-store-password",
        tls.password(),
        engine + "key-password",
        tls.password(),
        engine + "trust-store-password",
        tls.password());
  }
}
