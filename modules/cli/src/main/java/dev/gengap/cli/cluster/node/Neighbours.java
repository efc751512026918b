package dev.gengap.cli.cluster.node;

import dev.gengap.streams.NodeAddresses;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.function.Function;

/**
 * The other nodes, as they are known at the brokers. Confined to one thread.
 *
 * @param kit says where the brokers are
 */
record Neighbours(NodeKit kit) {
  private static final int CONNECT_MILLIS = 1000;

  /**
   * Says that a node listens at {@code address}, and gives all that do, the first to say so first.
   *
   * @throws dev.gengap.core.UserError if the brokers cannot be asked
   */
  List<String> announce(String address) {
    return ask(addresses -> addresses.announce(address, Neighbours::probe));
  }

  /** Says that a node listens at {@code address}. */
  void say(String address) {
    ask(
        addresses -> {
          addresses.say(address);
          return true;
        });
  }

  /** Those that listen, or may do so out of reach, but for the node at {@code address}. */
  List<String> of(String address) {
    return ask(addresses -> addresses.knownBut(address, Neighbours::probe));
  }

  private <T> T ask(Function<NodeAddresses, T> question) {
    try (NodeAddresses addresses = NodeAddresses.open(kit.brokers(), kit.topics())) {
      return question.apply(addresses);
    }
  }

  private static NodeAddresses.Answer probe(String address) {
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
          CONNECT_MILLIS);
      return NodeAddresses.Answer.ACCEPTED;
    } catch (ConnectException e) {
      return NodeAddresses.Answer.REFUSED;
    } catch (IOException e) {
      return NodeAddresses.Answer.NONE;
    }
  }
}
