package dev.gengap.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Key stores of nodes, signed by an authority of their own, made by keytool. Immutable. */
record NodeKeys(Path folder) {
  /** Opens every key store; to be found in no log. */
  static final String PASSWORD = "opens-the-nodes-keys";

  private static final String NODE = "node";

  /** Makes an authority in {@code folder}, a certificate that is valid and one that was. */
  static NodeKeys in(Path folder) {
    NodeKeys keys = new NodeKeys(folder);
    try {
      Files.createDirectories(folder);
      Files.writeString(keys.password(), PASSWORD + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    KeyStore authority = KeyStore.ofAuthority(folder.resolve("authority.p12"), PASSWORD);
    Path pem = folder.resolve("authority.pem");
    authority.exportAuthority(pem);
    new KeyStore(keys.trust(), PASSWORD).trust(pem);
    authority.sign(keys.valid(), NODE, List.of("-validity", "2"));
    authority.sign(keys.expired(), NODE, List.of("-startdate", "-9d", "-validity", "2"));
    return keys;
  }

  /** The options of a node that has the valid certificate. */
  List<String> options() {
    return options(valid());
  }

  /** The options of a node whose certificate expired a week ago. */
  List<String> expiredOptions() {
    return options(expired());
  }

  private List<String> options(Path store) {
    return List.of(
        "--tls-keystore",
        store.toString(),
        "--tls-truststore",
        trust().toString(),
        "--tls-password-file",
        password().toString());
  }

  private Path valid() {
    return folder.resolve("valid.p12");
  }

  private Path expired() {
    return folder.resolve("expired.p12");
  }

  private Path trust() {
    return folder.resolve("trust.p12");
  }

  private Path password() {
    return folder.resolve("password");
  }
}
