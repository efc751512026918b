package dev.gengap.training;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.SoftmaxCrossEntropy;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.data.Examples;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.execution.ChunkedForward;
import dev.gengap.network.execution.ForwardPass;
import dev.gengap.network.execution.GradientTarget;
import dev.gengap.network.execution.ParameterTensors;
import dev.gengap.network.execution.TrainingPass;

/**
 * A network on a device, with its optimiser, in float32. Its bits are decided by the initial
 * weights, the minibatches, the hyperparameters, the backend and its number of threads. Confined to
 * the thread that made it. Caller closes it, and the backend after it.
 */
public final class TrainingSession implements AutoCloseable {
  private static final int EVALUATION_BATCH = 512;

  private final NetworkSpec spec;
  private final Hyperparameters hyperparameters;
  private final Workspace workspace;
  private final ParameterTensors weights;
  private final ParameterTensors velocity;
  private final TrainingPass pass;
  private final SgdUpdate update;
  private ChunkedForward evaluation;

  /** Starts from {@code initial} with no velocity. */
  public TrainingSession(
      Backend backend, NetworkSpec spec, Hyperparameters hyperparameters, Weights initial) {
    this.spec = spec;
    this.hyperparameters = hyperparameters;
    workspace = backend.newWorkspace(Precision.FLOAT32);
    weights = new ParameterTensors(workspace, spec, TensorRole.PARAMETERS);
    velocity = new ParameterTensors(workspace, spec, TensorRole.OPTIMISER_STATE);
    // The momentum rides in the gradients' accumulation: they turn v into m·v + g in place.
    GradientTarget target = new GradientTarget(velocity, hyperparameters.momentum());
    pass = new TrainingPass(workspace, spec, weights, target, hyperparameters.batchSize());
    update =
        workspace.prepareSgdUpdate(weights.all(), velocity.all(), hyperparameters.weightDecay());
    weights.write(initial);
  }

  /**
   * One step of stochastic gradient descent, at the learning rate of the minibatch's epoch.
   *
   * @throws IllegalArgumentException if it has more examples than a full minibatch, or a label is
   *     not a class
   */
  public StepResult step(Minibatch minibatch) {
    pass.run(minibatch.inputs(), minibatch.labels(), minibatch.count());
    update.run(hyperparameters.learningRate(minibatch.epoch()));
    return new StepResult(pass.lossSum(), pass.correct(), minibatch.count());
  }

  /** A copy of the parameters. */
  public Weights weights() {
    return weights.read();
  }

  /** A copy of the optimiser's velocities, one for each parameter, by its name. */
  public Weights velocity() {
    return velocity.read();
  }

  /** Goes back to parameters and velocities copied before. */
  public void restore(Weights parameters, Weights velocities) {
    weights.write(parameters);
    velocity.write(velocities);
  }

  /** The learning rate of the steps of {@code epoch}, from 0. */
  double learningRate(int epoch) {
    return hyperparameters.learningRate(epoch);
  }

  /**
   * Loss and accuracy of the parameters as they are, in evaluation mode, summed in double.
   *
   * @param examples at least one
   */
  public Evaluation evaluate(Examples examples) {
    if (evaluation == null) {
      ForwardPass forward = new ForwardPass(workspace, spec, weights, EVALUATION_BATCH);
      evaluation = new ChunkedForward(forward, spec);
    }
    Tally tally = new Tally(examples);
    evaluation.forEach(examples, tally);
    return tally.result();
  }

  @Override
  public void close() {
    workspace.close();
  }

  /** Adds up the losses of the batches it is given. */
  private final class Tally implements ChunkedForward.Consumer {
    private final Examples examples;
    private final SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy(spec.classes());
    private double lossSum;
    private int correct;

    Tally(Examples examples) {
      this.examples = examples;
    }

    @Override
    public void accept(int from, int count, double[] logits) {
      for (int i = 0; i < count; i++) {
        int label = examples.label(from + i);
        lossSum += softmax.loss(logits, i * spec.classes(), label);
        correct += softmax.predicted() == label ? 1 : 0;
      }
    }

    Evaluation result() {
      return new Evaluation(lossSum / examples.size(), (double) correct / examples.size());
    }
  }
}
