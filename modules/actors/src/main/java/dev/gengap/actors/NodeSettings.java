package dev.gengap.actors;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How a node takes part in a cluster.
 *
 * @param host address it is reached at, by the other nodes
 * @param port it listens on; 0: a free one
 * @param roles what it does
 * @param tls how nodes make sure of each other; empty: anyone who reaches the port may join
 * @param agreement what has to be the same on every node: one that differs may not join
 */
public record NodeSettings(
    String host, int port, Set<Role> roles, Optional<Tls> tls, Agreement agreement) {
  public NodeSettings {
    roles = Set.copyOf(roles);
  }

  /**
   * Mutual TLS: every node shows a certificate that the others' trust stores vouch for.
   *
   * @param keyStore PKCS12 file with the node's key and certificate
   * @param trustStore PKCS12 file with the certificates it accepts
   * @param password of both
   */
  public record Tls(Path keyStore, Path trustStore, String password) {
    @Override
    public String toString() {
      return "TLS with " + keyStore + " and " + trustStore;
    }
  }

  /**
   * What nodes of a cluster have in common.
   *
   * @param version of Gengap: what they tell each other changes with it
   * @param brokers id of the Kafka cluster, by whatever addresses they reach it
   */
  public record Agreement(String version, String brokers) {}
}
