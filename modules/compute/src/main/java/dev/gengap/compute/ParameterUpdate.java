package dev.gengap.compute;

/** A prepared step of an optimiser. Confined to the workspace's thread, which owns it. */
public interface ParameterUpdate {
  /**
   * Updates state and weights.
   *
   * @param learningRate lr, ≥ 0
   * @param step t, counted from 1: Adam's correction of its means depends on it
   */
  void run(double learningRate, long step);
}
