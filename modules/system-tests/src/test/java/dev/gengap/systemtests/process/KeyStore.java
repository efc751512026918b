package dev.gengap.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key store, made by keytool. Immutable.
 *
 * @param file of the key store, in PKCS12
 * @param password opens it
 */
record KeyStore(Path file, String password) {
  private static final String AUTHORITY = "authority";

  /** A new one, with the key of an authority. */
  static KeyStore ofAuthority(Path file, String password) {
    KeyStore store = new KeyStore(file, password);
    store.generate(AUTHORITY, List.of("-ext", "bc:c"));
    return store;
  }

  /** A new one, with a key that this store's authority has signed. */
  KeyStore sign(Path signed, String alias, List<String> options) {
    KeyStore store = new KeyStore(signed, password);
    try {
      Files.copy(file, signed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-signer", AUTHORITY));
    store.generate(alias, all);
    store.keytool("-delete", "-alias", AUTHORITY);
    return store;
  }

  /** Writes the authority's certificate, in PEM. */
  void exportAuthority(Path pem) {
    export(AUTHORITY, pem);
  }

  /** Writes a certificate, in PEM. */
  void export(String alias, Path pem) {
    keytool("-exportcert", "-rfc", "-alias", alias, "-file", pem.toString());
  }

  /** Trusts whoever has the certificate. */
  void trust(Path pem) {
    keytool("-importcert", "-noprompt", "-alias", "trusted", "-file", pem.toString());
  }

  private void generate(String alias, List<String> options) {
    List<String> arguments =
        new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    arguments.addAll(List.of("-dname", "CN=Test " + alias, "-alias", alias));
    arguments.addAll(options);
    keytool(arguments.toArray(String[]::new));
  }

  private void keytool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", password));
    Path output = file.resolveSibling("keytool.out");
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
}
