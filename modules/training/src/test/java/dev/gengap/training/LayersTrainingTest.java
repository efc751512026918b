package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gengap.compute.Backend;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.network.Initialiser;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Training of a network with convolutions, statistics, paths and dropout. */
class LayersTrainingTest {
  private static final NetworkSpec SPEC =
      NetworkLanguage.parse(
          """
          input = [3, 10, 10], classes = 4
          layers = [
            {type = conv2d, out = 8, kernel = 3, padding = 1}, {type = batch_norm}, {type = relu}
            {type = concat, paths = [
              [{type = conv2d, out = 4, kernel = 1}, {type = batch_norm}, {type = relu}]
              [{type = max_pool2d, kernel = 3, stride = 1, padding = 1}]
            ]}
            {type = add, paths = [[{type = conv2d, out = 12, kernel = 3, padding = 1}], []]}
            {type = local_response_norm, size = 5}, {type = avg_pool2d, kernel = 2}
            {type = flatten}, {type = linear, out = 16}, {type = tanh}, {type = dropout}
            {type = linear, out = 4}
          ]""",
          "test");

  private static final int LAUNCHES = 50;
  private static final TestExamples EXAMPLES = TestExamples.clusters(200, 300, 4);
  private static final Hyperparameters SGD =
      new Hyperparameters(32, LearningRate.constant(0.005), new UpdateRule.Sgd(0.9, false, 1e-4));

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
    assertThat(bitsAfter(200, 7)).isEqualTo(bitsAfter(200, 7));
  }

  @Test
  void step_anotherDropoutSeed_givesOtherBits() throws InterruptedException {
    assertThat(bitsAfter(2, 7)).isNotEqualTo(bitsAfter(2, 8));
  }

  @Test
  void restore_weightsStateAndStatistics_goesOnBitForBit() throws InterruptedException {
    try (TrainingSession session = session(7)) {
      MinibatchSource source = EXAMPLES.minibatches(32, 0);
      for (int i = 0; i < 5; i++) {
        session.step(source.next());
      }
      Weights weights = session.weights();
      List<Weights> state = session.optimiserState();
      Minibatch next = source.next();
      session.step(next);
      List<List<Integer>> expected = WeightBits.of(session.weights());
      session.restore(weights, state);
      session.step(next);
      assertThat(WeightBits.of(session.weights())).isEqualTo(expected);
      assertThat(weights.get("1.running_mean").values()).isNotEqualTo(new float[8]);
    }
  }

  @Test
  void evaluate_twice_isTheSameAndLeavesTheWeights() throws InterruptedException {
    try (TrainingSession session = session(7)) {
      session.step(EXAMPLES.minibatches(32, 0).next());
      List<List<Integer>> before = WeightBits.of(session.weights());
      Evaluation first = session.evaluate(EXAMPLES);
      assertThat(session.evaluate(EXAMPLES)).isEqualTo(first);
      assertThat(WeightBits.of(session.weights())).isEqualTo(before);
    }
  }

  @Test
  void step_manyOfThem_separatesTheClasses() throws InterruptedException {
    try (TrainingSession session = session(7)) {
      MinibatchSource source = EXAMPLES.minibatches(32, 0);
      for (int i = 0; i < 100; i++) {
        session.step(source.next());
      }
      assertThat(session.evaluate(EXAMPLES).accuracy()).isGreaterThan(0.95);
    }
  }

  @Test
  void step_warm_allocatesNextToNothing() throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (TrainingSession session = session(7)) {
      Minibatch minibatch = EXAMPLES.minibatches(32, 0).next();
      for (int i = 0; i < 300; i++) {
        session.step(minibatch);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        session.step(minibatch);
      }
      long perStep = (threads.getCurrentThreadAllocatedBytes() - before) / 100;
      assertThat(perStep).isLessThan(LAUNCHES * 1024L);
    }
  }

  private List<List<Integer>> bitsAfter(int steps, long dropoutSeed) throws InterruptedException {
    try (TrainingSession session = session(dropoutSeed)) {
      MinibatchSource source = EXAMPLES.minibatches(32, 0);
      for (int i = 0; i < steps; i++) {
        session.step(source.next());
      }
      return WeightBits.of(session.weights());
    }
  }

  private TrainingSession session(long dropoutSeed) {
    return new TrainingSession(
        backend, SPEC, SGD, Initialiser.HE_NORMAL.initialise(SPEC, 3), dropoutSeed);
  }
}
