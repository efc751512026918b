package dev.gengap.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keys of brokers on this machine, and the certificates clients trust, made by keytool. Immutable.
 *
 * @param folder where the files are
 */
record TestKeys(Path folder) {
  /** Opens every key store. */
  static final String PASSWORD = "opens-the-key-store";

  private static final String AUTHORITY = "authority";
  private static final String BROKER = "broker";

  /** Makes them in {@code folder}. */
  static TestKeys in(Path folder) {
    TestKeys keys = new TestKeys(folder);
    keys.create(keys.valid(), "CN=Test authority", AUTHORITY, List.of("-ext", "bc:c"));
    keys.keytool(keys.valid(), "-exportcert", "-rfc", "-alias", AUTHORITY, "-file", keys.trusted());
    copy(keys.valid(), keys.expired());
    keys.createSigned(keys.valid(), List.of("-validity", "2"));
    keys.createSigned(keys.expired(), List.of("-startdate", "-9d", "-validity", "2"));
    keys.keytool(keys.expired(), "-exportcert", "-rfc", "-alias", BROKER, "-file", keys.other());
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

  private void createSigned(Path store, List<String> validity) {
    List<String> options = new ArrayList<>(validity);
    options.addAll(List.of("-ext", "san=ip:127.0.0.1", "-signer", AUTHORITY));
    create(store, "CN=Test broker", BROKER, options);
    keytool(store, "-delete", "-alias", AUTHORITY);
  }

  private void create(Path store, String name, String alias, List<String> options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", name));
    arguments.addAll(List.of("-alias", alias));
    arguments.addAll(options);
    keytool(store, arguments.toArray(String[]::new));
  }

  private void keytool(Path store, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Path output = folder.resolve("keytool.out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + Files.readString(output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
