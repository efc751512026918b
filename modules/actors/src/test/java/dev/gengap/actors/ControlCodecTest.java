package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.gengap.compute.DeviceException;
import dev.gengap.core.Problem;
import dev.gengap.core.RunId;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.protocol.v1.ControlMessage;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.training.TrainingOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlCodecTest {
  private static final Attempt ATTEMPT = new Attempt(new RunId("0123456789ab"), 7, 3);
  private static final ReferenceHashes REFERENCES =
      new ReferenceHashes("a", "b", Optional.of("c"), Optional.empty(), "d");

  private final ActorTestKit kit = ActorBench.start();
  private final ControlCodec codec = new ControlCodec(ActorRefResolver.get(kit.system()));
  private final ActorRef<NodeActor.Command> node =
      kit.<NodeActor.Command>createTestProbe().getRef();
  private final ActorRef<NodeReport> coordinator = kit.<NodeReport>createTestProbe().getRef();
  private final ActorRef<FeederActor.Command> feeder =
      kit.<FeederActor.Command>createTestProbe().getRef();
  private final ActorRef<MeasureReport> measuring = kit.<MeasureReport>createTestProbe().getRef();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void decode_whatWasEncoded_isTheSame() throws InvalidProtocolBufferException {
    for (Object message : orders().toList()) {
      assertThat(decoded(message)).isEqualTo(message);
    }
    for (Object message : reports().toList()) {
      assertThat(decoded(message)).isEqualTo(message);
    }
  }

  private Stream<Object> orders() {
    SnapshotManifest manifest = SnapshotManifest.newBuilder().setRun("r").setStep(5).build();
    return Stream.of(
        new NodeActor.Join(new ExperimentRef("e", "sha"), 4, coordinator),
        new NodeActor.Leave(4),
        new NodeActor.Feed(ATTEMPT),
        new NodeActor.Train(ATTEMPT, 1, REFERENCES, 391, feeder, Optional.empty()),
        new NodeActor.Train(
            ATTEMPT,
            1,
            REFERENCES,
            391,
            feeder,
            Optional.of(ResumePoint.newBuilder().setStep(40).build())),
        new NodeActor.Stop(ATTEMPT),
        new NodeActor.Release(ATTEMPT),
        new NodeActor.Measure(
            9, "norms", manifest, Optional.empty(), Map.of("path_l2", 2), 80, measuring),
        new NodeActor.Measure(9, "norms", manifest, Optional.of(manifest), Map.of(), 80, measuring),
        new FeederActor.Consumed(12));
  }

  private Stream<Object> reports() {
    TrainingOutcome outcome =
        new TrainingOutcome(
            TrainingOutcome.Reason.MAX_EPOCHS,
            "3 epochs",
            30,
            3,
            Optional.empty(),
            Optional.empty());
    NodeReport.Offered offered =
        new NodeReport.Offered(new Device(DeviceKind.OPENCL, 1, "a device"), 2);
    return Stream.of(
        new NodeReport.Described(node, "host:1", Set.of(Role.FEEDER), List.of(offered)),
        new NodeReport.Holding(node, Set.of(ATTEMPT)),
        new NodeReport.FeedReady(ATTEMPT, REFERENCES, 391, feeder),
        new NodeReport.Ended(ATTEMPT, outcome, List.of(0L, 30L)),
        new MeasureReport.Busy(9),
        new MeasureReport.Done(9));
  }

  @Test
  void decode_failures_keepWhatTheUserCanMendAndWhoseFaultItIs()
      throws InvalidProtocolBufferException {
    Problem problem = new Problem("file", "key", "1", "2", "mend it");
    UserError user = new UserError(problem);

    NodeReport.Crashed crashed =
        (NodeReport.Crashed) decoded(new NodeReport.Crashed(ATTEMPT, user));
    assertThat(crashed.cause()).isInstanceOf(UserError.class).hasMessage(user.getMessage());
    assertThat(((UserError) crashed.cause()).problems()).containsExactly(problem);

    NodeReport.DeviceFailed device =
        (NodeReport.DeviceFailed)
            decoded(new NodeReport.DeviceFailed(ATTEMPT, new DeviceException("memory: 0")));
    assertThat(device.cause()).hasMessage("memory: 0");

    NodeActor.Abort abort =
        (NodeActor.Abort) decoded(new NodeActor.Abort(ATTEMPT, new IllegalStateException("gone")));
    assertThat(abort.cause()).hasMessage("gone");

    MeasureReport.Broken broken =
        (MeasureReport.Broken) decoded(new MeasureReport.Broken(9, new IllegalStateException()));
    assertThat(broken.cause()).hasMessage("java.lang.IllegalStateException");
  }

  @Test
  void encode_whatStaysInItsProcess_isRefused() {
    assertThatThrownBy(() -> codec.encode(FeederActor.Stop.INSTANCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: one that travels");
  }

  private Object decoded(Object message) throws InvalidProtocolBufferException {
    return codec.decode(ControlMessage.parseFrom(codec.encode(message).toByteArray()));
  }
}
