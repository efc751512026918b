package dev.gengap.systemtests.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Keys of brokers on this machine, and the certificates clients trust, made by keytool. Immutable.
 *
 * @param folder where the files are
 */
record BrokerKeys(Path folder) {
  /** Opens every key store. */
  static final String PASSWORD = "opens-the-key-store";

  private static final String BROKER = "broker";
  private static final String HERE = "san=ip:127.0.0.1";

  /** Makes them in {@code folder}. */
  static BrokerKeys in(Path folder) {
    BrokerKeys keys = new BrokerKeys(folder);
    KeyStore authority = KeyStore.ofAuthority(folder.resolve("authority.p12"), PASSWORD);
    authority.exportAuthority(Path.of(keys.trusted()));
    authority.sign(keys.valid(), BROKER, List.of("-validity", "2", "-ext", HERE));
    authority
        .sign(keys.expired(), BROKER, List.of("-startdate", "-9d", "-validity", "2", "-ext", HERE))
        .export(BROKER, Path.of(keys.other()));
    return keys;
  }

  /** Settings of a listener whose certificate is valid. */
  Map<String, String> listener() {
    return listener(valid());
  }

  /** Settings of a listener whose certificate expired a week ago. */
  Map<String, String> expiredListener() {
    return listener(expired());
  }

  /** The authority that signed the brokers' certificates, in PEM. */
  String trusted() {
    return folder.resolve("trusted.pem").toString();
  }

  /** Somebody who signed none of them, in PEM. */
  String other() {
    return folder.resolve("other.pem").toString();
  }

  private Path valid() {
    return folder.resolve("valid.p12");
  }

  private Path expired() {
    return folder.resolve("expired.p12");
  }

  private static Map<String, String> listener(Path store) {
    return Map.of(
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        store.toString(),
        "ssl.keystore.password",
        PASSWORD,
        "ssl.key.password",
        PASSWORD);
  }
}
