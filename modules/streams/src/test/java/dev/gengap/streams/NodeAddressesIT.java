package dev.gengap.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.streams.NodeAddresses.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class NodeAddressesIT {
  private static final Map<String, Answer> ANSWERS =
      Map.of(
          "gone:1", Answer.REFUSED,
          "far:2", Answer.NONE,
          "first:3", Answer.ACCEPTED,
          "own:4", Answer.REFUSED);

  @Test
  void addresses_ofNodesThatAnswerRefuseOrAreSilent_areJoinedForgottenOrKept(
      BrokerConnection connection) {
    try (NodeAddresses addresses =
        NodeAddresses.open(Brokers.of(connection.config().bootstrap()), TopicSettings.of(1))) {
      addresses.say("gone:1");
      addresses.say("far:2");
      addresses.say("first:3");

      assertThat(addresses.announce("own:4", ANSWERS::get)).containsExactly("first:3", "own:4");
      assertThat(addresses.knownBut("own:4", ANSWERS::get)).containsExactly("far:2", "first:3");
      assertThat(addresses.knownBut("", at -> Answer.ACCEPTED)).doesNotContain("gone:1");
    }
  }
}
