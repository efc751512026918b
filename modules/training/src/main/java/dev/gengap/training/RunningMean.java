package dev.gengap.training;

/** Loss and accuracy over the training passes since an epoch began. */
final class RunningMean {
  private double lossSum;
  private long correct;
  private long examples;
  private int batches;

  void add(StepResult result) {
    lossSum += result.lossSum();
    correct += result.correct();
    examples += result.count();
    batches++;
  }

  void reset() {
    lossSum = 0;
    correct = 0;
    examples = 0;
    batches = 0;
  }

  /** Minibatches since the epoch began. */
  int batches() {
    return batches;
  }

  Evaluation evaluation() {
    return new Evaluation(lossSum / examples, (double) correct / examples);
  }
}
