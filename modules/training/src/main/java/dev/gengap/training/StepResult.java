package dev.gengap.training;

/**
 * What one training pass found, before its update.
 *
 * @param lossSum sum over the examples of their losses [nats]
 * @param correct examples classified correctly
 * @param count examples
 */
public record StepResult(double lossSum, int correct, int count) {}
