package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeRosterTest {
  private static final String TEXT =
      """
      name = roster
      data { set = generated, train = 60, test = 20 }
      network = mlp-1x8
      """;

  @TempDir private Path dir;
  private final ActorTestKit kit = ActorBench.start();
  private final TestProbe<NodeActor.Command> one = kit.createTestProbe();
  private final TestProbe<NodeActor.Command> other = kit.createTestProbe();
  private final List<Optional<String>> told = new ArrayList<>();
  private NodeActor.Join join;
  private NodeRoster roster;

  @BeforeEach
  void start() {
    var experiment = Bench.load(dir, TEXT);
    join =
        new NodeActor.Join(
            ExperimentRef.to(experiment), 7, kit.<NodeReport>createTestProbe().getRef());
    roster =
        new NodeRoster(
            Coordination.ofCluster(7, lanes -> {}, told::add),
            join,
            new Crew(new SlotPool(experiment), false));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void unfit_everyNode_isTheHindranceUntilOneCan() {
    roster.found(Set.of(one.getRef(), other.getRef()));
    assertThat(roster.unfit(unfit("a:1", "no data"))).isTrue();
    assertThat(told).as("the other has not answered").isEmpty();
    assertThat(roster.unfit(unfit("b:2", "no disk"))).isTrue();
    assertThat(roster.unfit(unfit("b:2", "no disk"))).as("news").isFalse();
    assertThat(told).containsExactly(Optional.of("a:1: no data; b:2: no disk"));

    assertThat(roster.joined(able(other, "b:2"))).isTrue();
    assertThat(told).hasSize(2).last().isEqualTo(Optional.empty());
  }

  @Test
  void unfit_besideOneThatCan_isNone() {
    roster.found(Set.of(one.getRef(), other.getRef()));
    roster.joined(able(one, "a:1"));
    roster.unfit(unfit("b:2", "no disk"));

    assertThat(told).isEmpty();
  }

  @Test
  void found_afterTheUnfitNodeHasGone_isNoHindrance() {
    roster.found(Set.of(one.getRef()));
    roster.unfit(unfit("a:1", "no data"));
    roster.found(Set.of());

    assertThat(told).containsExactly(Optional.of("a:1: no data"), Optional.empty());
  }

  @Test
  void ask_afterAnAnswer_goesToTheOthersAlone() {
    roster.found(Set.of(one.getRef(), other.getRef()));
    one.expectMessage(join);
    other.expectMessage(join);
    roster.joined(able(one, "a:1"));
    roster.ask();
    roster.leave();

    other.expectMessage(join);
    one.expectMessage(new NodeActor.Leave(7));
    other.expectMessage(new NodeActor.Leave(7));
  }

  private static NodeReport.Unfit unfit(String address, String reason) {
    return new NodeReport.Unfit(address, new IllegalStateException(reason));
  }

  private static NodeReport.Described able(TestProbe<NodeActor.Command> node, String address) {
    return new NodeReport.Described(
        node.getRef(),
        address,
        EnumSet.allOf(Role.class),
        List.of(new NodeReport.Offered(new Device(DeviceKind.CPU, 0, "cpu"), 1)));
  }
}
