package dev.gengap.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Key stores of nodes, signed by an authority of their own, made by keytool. Immutable. */
record NodeKeys(Path folder) {
  /** Opens every key store; to be found in no log. */
  static final String PASSWORD = "opens-the-nodes-keys";

  private static final String AUTHORITY = "authority";

  /** Makes an authority in {@code folder}, a certificate that is valid and one that was. */
  static NodeKeys in(Path folder) {
    NodeKeys keys = new NodeKeys(folder);
    try {
      Files.createDirectories(folder);
      Files.writeString(keys.password(), PASSWORD + "\n");
      Path authority = folder.resolve("authority.p12");
      keys.generate(authority, AUTHORITY, List.of("-ext", "bc:c"));
      Path pem = folder.resolve("authority.pem");
      keys.keytool(authority, "-exportcert", "-rfc", "-alias", AUTHORITY, "-file", pem.toString());
      keys.keytool(
          keys.trust(), "-importcert", "-noprompt", "-alias", "a", "-file", pem.toString());
      keys.sign(authority, keys.valid(), List.of("-validity", "2"));
      keys.sign(authority, keys.expired(), List.of("-startdate", "-9d", "-validity", "2"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private void sign(Path authority, Path store, List<String> validity) throws IOException {
    Files.copy(authority, store);
    List<String> options = new ArrayList<>(validity);
    options.addAll(List.of("-signer", AUTHORITY));
    generate(store, "node", options);
    keytool(store, "-delete", "-alias", AUTHORITY);
  }

  private void generate(Path store, String alias, List<String> options) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    arguments.addAll(List.of("-dname", "CN=" + alias, "-alias", alias));
    arguments.addAll(options);
    keytool(store, arguments.toArray(String[]::new));
  }

  private void keytool(Path store, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Path output = folder.resolve("keytool.out");
    try {
      int code =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException(command + ": " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
