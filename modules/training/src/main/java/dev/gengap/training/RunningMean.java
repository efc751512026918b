package dev.gengap.training;

/**
 * Loss and accuracy over the training passes since an epoch began. Immutable.
 *
 * @param lossSum sum of the examples' losses [nats]
 * @param correct examples that were classified as labelled
 * @param examples how many there were
 * @param batches minibatches they came in
 */
public record RunningMean(double lossSum, long correct, long examples, int batches) {
  /** At the beginning of an epoch. */
  public static final RunningMean NONE = new RunningMean(0, 0, 0, 0);

  /** This and one more step. */
  RunningMean and(StepResult result) {
    return new RunningMean(
        lossSum + result.lossSum(),
        correct + result.correct(),
        examples + result.count(),
        batches + 1);
  }

  Evaluation evaluation() {
    return new Evaluation(lossSum / examples, (double) correct / examples);
  }
}
