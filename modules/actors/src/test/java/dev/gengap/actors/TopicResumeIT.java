package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.compute.UpdateRule;
import dev.gengap.core.RunId;
import dev.gengap.network.Initialiser;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Networks;
import dev.gengap.network.Weights;
import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.ResumeIndex;
import dev.gengap.training.HeldOutBest;
import dev.gengap.training.RunningMean;
import dev.gengap.training.TrainingHistory;
import dev.gengap.training.TrainingState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class TopicResumeIT {
  private static final RunId RUN = new RunId("0123456789ab");
  private static final NetworkSpec NETWORK = Networks.resolve("mlp-1x4", List.of(3), 2);
  private static final Weights WEIGHTS = Initialiser.HE_NORMAL.initialise(NETWORK, 1);
  private static final Weights VELOCITY = Initialiser.FAN_IN_UNIFORM.initialise(NETWORK, 2);
  private static final UpdateRule SGD = new UpdateRule.Sgd(0.9, false, 0);

  @Test
  void store_savedByOneTrainer_isLoadedByTheNextBitForBit(SharedBroker.Running broker) {
    StepOwner owner = owner(0);
    try (BrokerConnection connection = broker.connect("resume-points", 1);
        ResumeIndex index = ResumeIndex.open(connection)) {
      TopicResumePoints points = new TopicResumePoints(index);
      try (ResumeStore first = store(connection, 1, Optional.empty())) {
        first.save(state(140));
        first.save(state(150));
      }
      ResumePoint newest = points.newest(RUN, owner).orElseThrow();
      TrainingState loaded;
      try (ResumeStore second = store(connection, 2, Optional.of(newest))) {
        loaded = second.load(newest, NETWORK, SGD, true);
        second.save(state(160));
      }

      assertThat(newest.getStep()).isEqualTo(150);
      assertThat(SavedState.contents(loaded).tensors())
          .isEqualTo(SavedState.contents(state(150)).tensors());
      assertThat(points.newest(RUN, owner(0, 150)).map(ResumePoint::getStep)).contains(160L);
      points.delete(RUN);
      points.sweep();
      assertThat(points.newest(RUN, owner)).isEmpty();
      assertThat(points.newest(RUN, StepOwner.UNKNOWN)).isEmpty();
    }
  }

  @Test
  void clear_ofARunThatBeginsAnew_leavesItsNextPointsToCount(SharedBroker.Running broker) {
    try (BrokerConnection connection = broker.connect("resume-anew", 1);
        ResumeIndex index = ResumeIndex.open(connection)) {
      TopicResumePoints points = new TopicResumePoints(index);
      try (ResumeStore before = store(connection, 1, Optional.empty())) {
        before.save(state(140));
      }
      points.clear(List.of(RUN));
      assertThat(points.newest(RUN, owner(0))).isEmpty();

      try (ResumeStore anew = store(connection, 1, Optional.empty())) {
        anew.save(state(20));
      }
      points.sweep();
      assertThat(points.newest(RUN, owner(0)).map(ResumePoint::getStep)).contains(20L);
    }
  }

  private static ResumeStore store(
      BrokerConnection connection, int incarnation, Optional<ResumePoint> from) {
    return new TopicResumeStore(connection, RUN.value(), incarnation, from);
  }

  private static StepOwner owner(long... firstSteps) {
    return StepOwner.of(TestRecords.placed(firstSteps));
  }

  private static TrainingState state(long step) {
    return new TrainingState(
        WEIGHTS,
        List.of(VELOCITY),
        step,
        1,
        RunningMean.NONE,
        0.5,
        1,
        HeldOutBest.NONE,
        TrainingHistory.NONE);
  }
}
