package dev.gengap.network.execution;

/**
 * Where the gradients of a training pass go: each is added to {@code keep} times what was there.
 *
 * @param gradients one for each parameter
 * @param keep 0 for the gradient itself; the momentum m to turn velocities v into m·v + g
 */
public record GradientTarget(ParameterTensors gradients, double keep) {}
