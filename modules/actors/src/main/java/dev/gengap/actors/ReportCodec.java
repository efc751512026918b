package dev.gengap.actors;

import akka.actor.typed.ActorRefResolver;
import dev.gengap.compute.DeviceException;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.protocol.v1.AttemptEnded;
import dev.gengap.protocol.v1.AttemptFailure;
import dev.gengap.protocol.v1.ControlMessage;
import dev.gengap.protocol.v1.FeedReady;
import dev.gengap.protocol.v1.NodeDescription;
import dev.gengap.protocol.v1.NodeDevice;
import dev.gengap.protocol.v1.NodeFailure;
import dev.gengap.protocol.v1.NodeHolding;
import dev.gengap.training.TrainingOutcome;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What nodes report, to and from Protobuf.
 *
 * <p>Safe for any thread.
 */
final class ReportCodec {
  private final ActorRefResolver refs;

  ReportCodec(ActorRefResolver refs) {
    this.refs = refs;
  }

  void encode(NodeReport report, ControlMessage.Builder to) {
    if (report instanceof NodeReport.Described described) {
      to.setDescribed(encode(described));
    } else if (report instanceof NodeReport.Unfit unfit) {
      to.setUnfit(
          NodeFailure.newBuilder()
              .setAddress(unfit.address())
              .setCause(Failures.encode(unfit.cause())));
    } else if (report instanceof NodeReport.Holding holding) {
      to.setHolding(
          NodeHolding.newBuilder()
              .setNode(refs.toSerializationFormat(holding.node()))
              .addAllAttempts(holding.attempts().stream().map(ControlCodec::encode).toList()));
    } else if (report instanceof NodeReport.FeedReady ready) {
      to.setFeedReady(encode(ready));
    } else if (report instanceof NodeReport.FeedFailed failed) {
      to.setFeedFailed(failure(failed.attempt(), failed.cause()));
    } else if (report instanceof NodeReport.Ended ended) {
      to.setEnded(encode(ended));
    } else if (report instanceof NodeReport.DeviceFailed failed) {
      to.setDeviceFailed(failure(failed.attempt(), failed.cause()));
    } else if (report instanceof NodeReport.Crashed crashed) {
      to.setCrashed(failure(crashed.attempt(), crashed.cause()));
    }
  }

  private NodeDescription encode(NodeReport.Described described) {
    NodeDescription.Builder node =
        NodeDescription.newBuilder()
            .setNode(refs.toSerializationFormat(described.node()))
            .setAddress(described.address())
            .addAllRoles(described.roles().stream().map(Role::key).sorted().toList());
    for (NodeReport.Offered offered : described.devices()) {
      node.addDevices(
          NodeDevice.newBuilder()
              .setKind(offered.device().kind().key())
              .setIndex(offered.device().index())
              .setName(offered.device().name())
              .setSlots(offered.slots()));
    }
    return node.build();
  }

  private FeedReady encode(NodeReport.FeedReady ready) {
    return FeedReady.newBuilder()
        .setAttempt(ControlCodec.encode(ready.attempt()))
        .setReferences(ControlCodec.encode(ready.references()))
        .setBatchesPerEpoch(ready.batchesPerEpoch())
        .setFeeder(refs.toSerializationFormat(ready.feeder()))
        .build();
  }

  private static AttemptEnded encode(NodeReport.Ended ended) {
    TrainingOutcome outcome = ended.outcome();
    return AttemptEnded.newBuilder()
        .setAttempt(ControlCodec.encode(ended.attempt()))
        .setReason(outcome.reason().name())
        .setDescription(outcome.description())
        .setSteps(outcome.steps())
        .setEpochs(outcome.epochs())
        .addAllSnapshotSteps(ended.snapshotSteps())
        .build();
  }

  private static AttemptFailure failure(Attempt attempt, Throwable cause) {
    return AttemptFailure.newBuilder()
        .setAttempt(ControlCodec.encode(attempt))
        .setCause(Failures.encode(cause))
        .build();
  }

  /** The report {@code message} carries. */
  NodeReport decode(ControlMessage message) {
    return switch (message.getContentCase()) {
      case DESCRIBED -> decode(message.getDescribed());
      case UNFIT ->
          new NodeReport.Unfit(
              message.getUnfit().getAddress(), Failures.decode(message.getUnfit().getCause()));
      case HOLDING ->
          new NodeReport.Holding(
              refs.resolveActorRef(message.getHolding().getNode()),
              message.getHolding().getAttemptsList().stream()
                  .map(ControlCodec::decode)
                  .collect(Collectors.toSet()));
      case FEED_READY -> decode(message.getFeedReady());
      case FEED_FAILED ->
          new NodeReport.FeedFailed(
              ControlCodec.decode(message.getFeedFailed().getAttempt()),
              Failures.decode(message.getFeedFailed().getCause()));
      case ENDED -> decode(message.getEnded());
      case DEVICE_FAILED -> deviceFailed(message.getDeviceFailed());
      case CRASHED ->
          new NodeReport.Crashed(
              ControlCodec.decode(message.getCrashed().getAttempt()),
              Failures.decode(message.getCrashed().getCause()));
      default ->
          throw new IllegalArgumentException(
              "report: " + message.getContentCase() + " (expected: a node's)");
    };
  }

  private NodeReport.Described decode(NodeDescription node) {
    return new NodeReport.Described(
        refs.resolveActorRef(node.getNode()),
        node.getAddress(),
        node.getRolesList().stream()
            .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet()),
        node.getDevicesList().stream().map(ReportCodec::decode).toList());
  }

  private static NodeReport.Offered decode(NodeDevice device) {
    return new NodeReport.Offered(
        new Device(
            DeviceKind.valueOf(device.getKind().toUpperCase(Locale.ROOT)),
            device.getIndex(),
            device.getName()),
        device.getSlots());
  }

  private NodeReport.FeedReady decode(FeedReady ready) {
    return new NodeReport.FeedReady(
        ControlCodec.decode(ready.getAttempt()),
        ControlCodec.decode(ready.getReferences()),
        ready.getBatchesPerEpoch(),
        refs.resolveActorRef(ready.getFeeder()));
  }

  private static NodeReport.Ended decode(AttemptEnded ended) {
    TrainingOutcome outcome =
        new TrainingOutcome(
            TrainingOutcome.Reason.valueOf(ended.getReason()),
            ended.getDescription(),
            ended.getSteps(),
            ended.getEpochs(),
            Optional.empty(),
            Optional.empty());
    return new NodeReport.Ended(
        ControlCodec.decode(ended.getAttempt()), outcome, ended.getSnapshotStepsList());
  }

  private static NodeReport.DeviceFailed deviceFailed(AttemptFailure failed) {
    Throwable cause = Failures.decode(failed.getCause());
    return new NodeReport.DeviceFailed(
        ControlCodec.decode(failed.getAttempt()),
        cause instanceof DeviceException device
            ? device
            : new DeviceException(cause.getMessage(), cause));
  }

  static dev.gengap.protocol.v1.MeasureReport encode(MeasureReport report) {
    var message = dev.gengap.protocol.v1.MeasureReport.newBuilder().setLease(report.lease());
    if (report instanceof MeasureReport.Busy) {
      message.setBusy(true);
    } else if (report instanceof MeasureReport.Done) {
      message.setDone(true);
    } else if (report instanceof MeasureReport.Broken broken) {
      message.setBroken(Failures.encode(broken.cause()));
    }
    return message.build();
  }

  static MeasureReport decode(dev.gengap.protocol.v1.MeasureReport report) {
    long lease = report.getLease();
    return switch (report.getStateCase()) {
      case DONE -> new MeasureReport.Done(lease);
      case BROKEN -> new MeasureReport.Broken(lease, Failures.decode(report.getBroken()));
      case BUSY, STATE_NOT_SET -> new MeasureReport.Busy(lease);
    };
  }
}
