package dev.gengap.cli.cluster.node;

import dev.gengap.actors.NodeSettings;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * Whether a node may hope to be let in with its key stores: what is wrong with them shows before it
 * joins, and not in the logs of others. Pure functions of files.
 */
final class NodeCertificates {
  private NodeCertificates() {}

  /**
   * @throws UserError if a store cannot be opened, holds nothing of use, or the node's certificate
   *     is not valid {@code now}
   */
  static void check(NodeSettings.Tls tls, Instant now) {
    KeyStore own = open("--tls-keystore", tls.keyStore(), tls.password());
    KeyStore trusted = open("--tls-truststore", tls.trustStore(), tls.password());
    try {
      boolean hasKey = false;
      for (String alias : aliases(own)) {
        if (own.isKeyEntry(alias)) {
          hasKey = true;
          checkDates(tls.keyStore(), (X509Certificate) own.getCertificate(alias), now);
        }
      }
      require(hasKey, "--tls-keystore", tls.keyStore(), "a key, with its certificate");
      boolean trusts = false;
      for (String alias : aliases(trusted)) {
        trusts |= trusted.isCertificateEntry(alias);
      }
      require(trusts, "--tls-truststore", tls.trustStore(), "a certificate that is trusted");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void checkDates(Path file, X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from) || now.isAfter(until)) {
      throw new UserError(
          Problem.of(
                  "",
                  "--tls-keystore",
                  file,
                  "a certificate that is valid now; this one is from " + from + " until " + until)
              .withRemedy("put a new one in its place"));
    }
  }

  private static List<String> aliases(KeyStore store) throws GeneralSecurityException {
    return Collections.list(store.aliases());
  }

  private static void require(boolean holds, String option, Path file, String content) {
    if (!holds) {
      throw new UserError(Problem.of("", option, file, "a file that holds " + content));
    }
  }

  private static KeyStore open(String option, Path file, String password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new UserError(
          Problem.of(
              "",
              option,
              file,
              "a PKCS12 file that the password of --tls-password-file opens: " + e.getMessage()),
          e);
    }
  }
}
