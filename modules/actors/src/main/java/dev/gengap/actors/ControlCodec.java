package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.gengap.core.RunId;
import dev.gengap.protocol.v1.AbortOrder;
import dev.gengap.protocol.v1.AttemptOrder;
import dev.gengap.protocol.v1.ControlMessage;
import dev.gengap.protocol.v1.FeedOrder;
import dev.gengap.protocol.v1.JoinOrder;
import dev.gengap.protocol.v1.LeaveOrder;
import dev.gengap.protocol.v1.MeasureOrder;
import dev.gengap.protocol.v1.References;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.protocol.v1.TrainOrder;
import java.util.Optional;

/**
 * Orders, reports and the little else that travels between processes, to and from Protobuf.
 *
 * <p>Safe for any thread.
 */
final class ControlCodec {
  private final ActorRefResolver refs;
  private final ReportCodec reports;

  ControlCodec(ActorRefResolver refs) {
    this.refs = refs;
    this.reports = new ReportCodec(refs);
  }

  /**
   * @throws IllegalArgumentException if {@code message} is none that travels
   */
  ControlMessage encode(Object message) {
    ControlMessage.Builder to = ControlMessage.newBuilder();
    if (message instanceof NodeActor.Command order) {
      encode(order, to);
    } else if (message instanceof NodeReport report) {
      reports.encode(report, to);
    } else if (message instanceof MeasureReport report) {
      to.setMeasureReport(ReportCodec.encode(report));
    } else if (message instanceof FeederActor.Consumed consumed) {
      to.setConsumed(consumed.nextSequence());
    } else {
      throw new IllegalArgumentException(
          "message: " + message.getClass().getName() + " (expected: one that travels)");
    }
    return to.build();
  }

  private void encode(NodeActor.Command order, ControlMessage.Builder to) {
    if (order instanceof NodeActor.Join join) {
      to.setJoin(
          JoinOrder.newBuilder()
              .setExperiment(join.experiment().name())
              .setContent(join.experiment().content())
              .setGeneration(join.generation())
              .setCoordinator(refs.toSerializationFormat(join.coordinator())));
    } else if (order instanceof NodeActor.Leave leave) {
      to.setLeave(LeaveOrder.newBuilder().setGeneration(leave.generation()));
    } else if (order instanceof NodeActor.Feed feed) {
      to.setFeed(FeedOrder.newBuilder().setAttempt(encode(feed.attempt())));
    } else if (order instanceof NodeActor.Train train) {
      to.setTrain(encode(train));
    } else if (order instanceof NodeActor.Stop stop) {
      to.setStop(attempt(stop.attempt()));
    } else if (order instanceof NodeActor.Abort abort) {
      to.setAbort(
          AbortOrder.newBuilder()
              .setAttempt(encode(abort.attempt()))
              .setCause(Failures.encode(abort.cause())));
    } else if (order instanceof NodeActor.Release release) {
      to.setRelease(attempt(release.attempt()));
    } else if (order instanceof NodeActor.Measure measure) {
      to.setMeasure(encode(measure));
    } else {
      throw new IllegalArgumentException(
          "order: " + order.getClass().getName() + " (expected: one that travels)");
    }
  }

  private TrainOrder encode(NodeActor.Train train) {
    TrainOrder.Builder order =
        TrainOrder.newBuilder()
            .setAttempt(encode(train.attempt()))
            .setDevice(train.device())
            .setReferences(encode(train.references()))
            .setBatchesPerEpoch(train.batchesPerEpoch())
            .setFeeder(refs.toSerializationFormat(train.feeder()));
    train.from().ifPresent(point -> order.setFrom(point.toByteString()));
    return order.build();
  }

  private MeasureOrder encode(NodeActor.Measure measure) {
    MeasureOrder.Builder order =
        MeasureOrder.newBuilder()
            .setLease(measure.lease())
            .setGroup(measure.group())
            .setManifest(measure.manifest().toByteString())
            .putAllAttempts(measure.attempts())
            .setNewestStep(measure.newestStep())
            .setReplyTo(refs.toSerializationFormat(measure.replyTo()));
    measure.initial().ifPresent(initial -> order.setInitial(initial.toByteString()));
    return order.build();
  }

  /**
   * @throws InvalidProtocolBufferException if it is not what {@link #encode} made
   */
  Object decode(ControlMessage message) throws InvalidProtocolBufferException {
    return switch (message.getContentCase()) {
      case JOIN -> decode(message.getJoin());
      case LEAVE -> new NodeActor.Leave(message.getLeave().getGeneration());
      case FEED -> new NodeActor.Feed(decode(message.getFeed().getAttempt()));
      case TRAIN -> decode(message.getTrain());
      case STOP -> new NodeActor.Stop(decode(message.getStop().getAttempt()));
      case ABORT ->
          new NodeActor.Abort(
              decode(message.getAbort().getAttempt()),
              Failures.decode(message.getAbort().getCause()));
      case RELEASE -> new NodeActor.Release(decode(message.getRelease().getAttempt()));
      case MEASURE -> decode(message.getMeasure());
      case MEASURE_REPORT -> ReportCodec.decode(message.getMeasureReport());
      case CONSUMED -> new FeederActor.Consumed(message.getConsumed());
      case DESCRIBED, UNFIT, FEED_READY, FEED_FAILED, ENDED, DEVICE_FAILED, CRASHED, HOLDING ->
          reports.decode(message);
      case CONTENT_NOT_SET -> throw new InvalidProtocolBufferException("content: none");
    };
  }

  private NodeActor.Join decode(JoinOrder join) {
    return new NodeActor.Join(
        new ExperimentRef(join.getExperiment(), join.getContent()),
        join.getGeneration(),
        refs.resolveActorRef(join.getCoordinator()));
  }

  private NodeActor.Train decode(TrainOrder train) throws InvalidProtocolBufferException {
    Optional<ResumePoint> from =
        train.hasFrom() ? Optional.of(ResumePoint.parseFrom(train.getFrom())) : Optional.empty();
    return new NodeActor.Train(
        decode(train.getAttempt()),
        train.getDevice(),
        decode(train.getReferences()),
        train.getBatchesPerEpoch(),
        refs.resolveActorRef(train.getFeeder()),
        from);
  }

  private NodeActor.Measure decode(MeasureOrder order) throws InvalidProtocolBufferException {
    Optional<SnapshotManifest> initial =
        order.hasInitial()
            ? Optional.of(SnapshotManifest.parseFrom(order.getInitial()))
            : Optional.empty();
    ActorRef<MeasureReport> replyTo = refs.resolveActorRef(order.getReplyTo());
    return new NodeActor.Measure(
        order.getLease(),
        order.getGroup(),
        SnapshotManifest.parseFrom(order.getManifest()),
        initial,
        order.getAttemptsMap(),
        order.getNewestStep(),
        replyTo);
  }

  private static AttemptOrder attempt(Attempt attempt) {
    return AttemptOrder.newBuilder().setAttempt(encode(attempt)).build();
  }

  static dev.gengap.protocol.v1.Attempt encode(Attempt attempt) {
    return dev.gengap.protocol.v1.Attempt.newBuilder()
        .setRun(attempt.run().value())
        .setIncarnation(attempt.incarnation())
        .setLane(attempt.lane())
        .build();
  }

  static Attempt decode(dev.gengap.protocol.v1.Attempt attempt) {
    return new Attempt(new RunId(attempt.getRun()), attempt.getIncarnation(), attempt.getLane());
  }

  static References encode(ReferenceHashes hashes) {
    References.Builder references =
        References.newBuilder()
            .setTrain(hashes.train())
            .setOriginal(hashes.original())
            .setTest(hashes.test());
    hashes.uncropped().ifPresent(references::setUncropped);
    hashes.heldOut().ifPresent(references::setHeldOut);
    return references.build();
  }

  static ReferenceHashes decode(References references) {
    return new ReferenceHashes(
        references.getTrain(),
        references.getOriginal(),
        references.hasUncropped() ? Optional.of(references.getUncropped()) : Optional.empty(),
        references.hasHeldOut() ? Optional.of(references.getHeldOut()) : Optional.empty(),
        references.getTest());
  }
}
