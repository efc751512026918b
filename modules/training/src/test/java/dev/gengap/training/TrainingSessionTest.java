package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.gengap.compute.Backend;
import dev.gengap.compute.RowSource;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingSessionTest {
  private static final Hyperparameters SGD =
      new Hyperparameters(
          32, LearningRate.decaying(0.05, 0.95), new UpdateRule.Sgd(0.9, false, 1e-4));
  private static final NetworkSpec SPEC = TestNetworks.mlp(300, 4, 64, 20);
  private static final TestExamples EXAMPLES = TestExamples.clusters(200, 300, 4);

  private Backend backend;

  @BeforeEach
  void open() {
    backend = Nd4jBackend.create(1);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void step_200StepsTwice_givesTheSameBits() throws InterruptedException {
    assertThat(bitsAfter(200)).isEqualTo(bitsAfter(200));
  }

  @Test
  void step_decayPerEpoch_movesLessInALaterEpoch() {
    Weights initial = TestNetworks.initial(SPEC);
    Hyperparameters plain =
        new Hyperparameters(32, LearningRate.decaying(0.5, 0.5), new UpdateRule.Sgd(0, false, 0));
    float[] inputs = new float[32 * 300];
    EXAMPLES.copyInputs(0, 32, inputs);
    int[] labels = EXAMPLES.labels();
    float before = initial.get("4.bias").values()[0];
    float[] moves = new float[3];
    for (int epoch = 0; epoch < 3; epoch++) {
      try (TrainingSession session = new TrainingSession(backend, SPEC, plain, initial)) {
        session.step(
            new Minibatch(0, epoch, false, labels, RowSource.of(inputs, EXAMPLES.features()), 32));
        moves[epoch] = session.weights().get("4.bias").values()[0] - before;
      }
    }
    assertThat((double) moves[1]).isCloseTo(moves[0] / 2, within(1e-7));
    assertThat((double) moves[2]).isCloseTo(moves[0] / 4, within(1e-7));
  }

  @Test
  void evaluate_beforeAStep_isTheStepsOwnLoss() throws InterruptedException {
    TestExamples few = TestExamples.clusters(30, 300, 4);
    try (TrainingSession session = session()) {
      Evaluation evaluation = session.evaluate(few);
      StepResult result = session.step(few.minibatches(32, 0).next());
      assertThat(evaluation.loss()).isCloseTo(result.lossSum() / 30, within(1e-6));
      assertThat(evaluation.accuracy()).isEqualTo(result.correct() / 30.0);
    }
  }

  @Test
  void step_warm_allocatesNextToNothing() throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int launches =
        17; // 3 linear layers forward (6) and backward (8), 2 relu each way, 2 axpy, less
    try (TrainingSession session = session()) {
      Minibatch minibatch = EXAMPLES.minibatches(32, 0).next();
      for (int i = 0; i < 100; i++) {
        session.step(minibatch);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        session.step(minibatch);
      }
      long perStep = (threads.getCurrentThreadAllocatedBytes() - before) / 100;
      assertThat(perStep).isLessThan(launches * 1024L);
    }
  }

  @Test
  void step_labelThatIsNoClass_isRefused() {
    try (TrainingSession session = session()) {
      Minibatch wrong =
          new Minibatch(0, 0, false, new int[] {4}, RowSource.of(new float[300], 300), 1);
      assertThatThrownBy(() -> session.step(wrong)).hasMessage("label: 4 (expected: 0 … 3)");
    }
  }

  private List<List<Integer>> bitsAfter(int steps) throws InterruptedException {
    try (TrainingSession session = session()) {
      MinibatchSource source = EXAMPLES.minibatches(32, 0);
      for (int i = 0; i < steps; i++) {
        session.step(source.next());
      }
      return WeightBits.of(session.weights());
    }
  }

  private TrainingSession session() {
    return new TrainingSession(backend, SPEC, SGD, TestNetworks.initial(SPEC));
  }
}
