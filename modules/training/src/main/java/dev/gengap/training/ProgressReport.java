package dev.gengap.training;

import java.util.Optional;

/**
 * Where a training loop stands.
 *
 * @param step steps done
 * @param nextSequence sequence number of the minibatch it wants next
 * @param epoch epochs done, with fractions
 * @param running mean over the training passes since the epoch began
 * @param endOfEpoch whether an epoch ends here
 * @param fullTrain the training set in evaluation mode, where that was evaluated
 * @param heldOut the held-out examples in evaluation mode, where those were evaluated
 * @param test the test set in evaluation mode, where that was evaluated
 * @param learningRate of the step just done
 * @param stepsPerSecond over the time since the report before, or since the loop began
 */
public record ProgressReport(
    long step,
    long nextSequence,
    double epoch,
    Evaluation running,
    boolean endOfEpoch,
    Optional<Evaluation> fullTrain,
    Optional<Evaluation> heldOut,
    Optional<Evaluation> test,
    double learningRate,
    double stepsPerSecond) {}
