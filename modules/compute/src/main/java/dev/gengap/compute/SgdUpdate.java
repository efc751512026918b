package dev.gengap.compute;

/** A prepared step of stochastic gradient descent. Confined to the workspace's thread. */
public interface SgdUpdate {
  /** Updates velocity and weights at {@code learningRate}. */
  void run(double learningRate);
}
