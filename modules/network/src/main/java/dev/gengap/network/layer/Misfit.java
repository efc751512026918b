package dev.gengap.network.layer;

import dev.gengap.core.Problem;

/**
 * Why a layer cannot take its input.
 *
 * @param path to the layer at fault from the one that was asked: nothing if it is itself, {@code
 *     .paths[1][0]} if it is within
 * @param problem without a place; its name says the type: {@code conv2d input}
 */
public record Misfit(String path, Problem problem) {
  static Misfit of(Problem problem) {
    return new Misfit("", problem);
  }

  /** The same, seen from a container in which the layer asked is {@code at}. */
  public Misfit within(String at) {
    return new Misfit(at + path, problem);
  }
}
