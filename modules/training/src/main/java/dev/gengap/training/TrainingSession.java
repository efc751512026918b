package dev.gengap.training;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.SoftmaxCrossEntropy;
import dev.gengap.compute.Workspace;
import dev.gengap.data.Examples;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.execution.ChunkedForward;
import dev.gengap.network.execution.ParameterTensors;
import dev.gengap.network.execution.TrainingPass;
import java.util.List;

/**
 * A network on a device, with its optimiser, in float32. Its bits are decided by the initial
 * weights, the minibatches, the hyperparameters, the backend and its number of threads. Confined to
 * the thread that made it. Caller closes it, and the backend after it.
 */
public final class TrainingSession implements AutoCloseable {
  private final NetworkSpec spec;
  private final Hyperparameters hyperparameters;
  private final Workspace workspace;
  private final ParameterTensors weights;
  private final Optimiser optimiser;
  private final TrainingPass pass;
  private ChunkedForward evaluation;

  /** Starts from {@code initial}, with the optimiser's state at zero and dropout from seed 0. */
  public TrainingSession(
      Backend backend, NetworkSpec spec, Hyperparameters hyperparameters, Weights initial) {
    this(backend, spec, hyperparameters, initial, 0);
  }

  /**
   * Starts from {@code initial}, with the optimiser's state at zero.
   *
   * @param dropoutSeed decides, with the number of the minibatch, what dropout drops
   */
  public TrainingSession(
      Backend backend,
      NetworkSpec spec,
      Hyperparameters hyperparameters,
      Weights initial,
      long dropoutSeed) {
    this.spec = spec;
    this.hyperparameters = hyperparameters;
    workspace = backend.newWorkspace(Precision.FLOAT32);
    weights = ParameterTensors.weights(workspace, spec);
    optimiser = Optimiser.prepare(workspace, spec, hyperparameters.rule(), weights);
    TrainingPass.Settings settings =
        new TrainingPass.Settings(hyperparameters.batchSize(), dropoutSeed);
    pass = new TrainingPass(workspace, spec, weights, optimiser.gradients(), settings);
    weights.write(initial);
  }

  /**
   * One step of the optimiser, at the learning rate of the minibatch's epoch; its number is that of
   * the minibatch in the feed.
   *
   * @throws IllegalArgumentException if it has more examples than a full minibatch, or a label is
   *     not a class
   */
  public StepResult step(Minibatch minibatch) {
    pass.run(minibatch.sequence(), minibatch.inputs(), minibatch.labels(), minibatch.count());
    optimiser.update(learningRate(minibatch.epoch()), minibatch.sequence() + 1);
    return new StepResult(pass.lossSum(), pass.correct(), minibatch.count());
  }

  /** A copy of the parameters. */
  public Weights weights() {
    return weights.read();
  }

  /** Copies of the optimiser's state vectors, in the order of its rule's formula. */
  public List<Weights> optimiserState() {
    return optimiser.state();
  }

  /** Goes back to parameters and optimiser state copied before. */
  public void restore(Weights parameters, List<Weights> optimiserState) {
    weights.write(parameters);
    optimiser.restore(optimiserState);
  }

  /** The learning rate of the steps of {@code epoch}, from 0. */
  double learningRate(int epoch) {
    return hyperparameters.learningRate().at(epoch);
  }

  /**
   * Loss and accuracy of the parameters as they are, in evaluation mode, summed in double.
   *
   * @param examples at least one
   */
  public Evaluation evaluate(Examples examples) {
    return evaluate(examples, new boolean[examples.size()]);
  }

  /**
   * The same, and which examples are classified correctly.
   *
   * @param fits overwritten: one for each example
   */
  Evaluation evaluate(Examples examples, boolean[] fits) {
    if (evaluation == null) {
      evaluation = new ChunkedForward(workspace, spec, weights);
    }
    Tally tally = new Tally(examples, fits);
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
    private final boolean[] fits;
    private final SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy(spec.classes());
    private double lossSum;
    private int correct;

    Tally(Examples examples, boolean[] fits) {
      this.examples = examples;
      this.fits = fits;
    }

    @Override
    public void accept(int from, int count, double[] logits) {
      for (int i = 0; i < count; i++) {
        int label = examples.label(from + i);
        lossSum += softmax.loss(logits, i * spec.classes(), label);
        fits[from + i] = softmax.predicted() == label;
        correct += fits[from + i] ? 1 : 0;
      }
    }

    Evaluation result() {
      return new Evaluation(lossSum / examples.size(), (double) correct / examples.size());
    }
  }
}
