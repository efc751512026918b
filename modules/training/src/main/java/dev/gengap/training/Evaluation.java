package dev.gengap.training;

/**
 * How well a network does on a set of examples.
 *
 * @param loss mean softmax cross-entropy [nats]
 * @param accuracy fraction classified correctly
 */
public record Evaluation(double loss, double accuracy) {}
