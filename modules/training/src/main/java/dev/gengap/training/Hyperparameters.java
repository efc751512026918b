package dev.gengap.training;

import dev.gengap.compute.UpdateRule;

/**
 * Settings of an optimiser, which moves every trainable parameter alike, biases and normalisation
 * included.
 *
 * @param batchSize examples in a full minibatch, &gt; 0
 * @param learningRate lr of each epoch
 * @param rule how the gradient of a minibatch's mean loss moves the parameters
 */
public record Hyperparameters(int batchSize, LearningRate learningRate, UpdateRule rule) {}
