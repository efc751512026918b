package dev.gengap.compute.conformance;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;

/** What a tensor holds before a case runs. */
@FunctionalInterface
interface Contents {
  /** Element {@code index} of tensor number {@code id}; a float32, so that all precisions agree. */
  double at(long id, int index);

  /** Different numbers in (−1, 1), none close to 0, where derivatives have corners. */
  Contents ORDINARY = (id, index) -> away(random().uniform(id, index) * 1.9 - 0.95);

  /** Numbers in (0.5, 1.5), for variances and the like. */
  Contents POSITIVE = (id, index) -> (float) (0.5 + random().uniform(id, index));

  /** Numbers in (−2, −1). */
  Contents NEGATIVE = (id, index) -> (float) (-1 - random().uniform(id, index));

  /** −1, 0 and 1, so that many are equal. */
  Contents TIES = (id, index) -> random().below(id, index, 3) - 1.0;

  /** Numbers around 30, deviating by less than 1. */
  Contents FAR_FROM_ZERO = (id, index) -> (float) (30 + ORDINARY.at(id, index));

  /** 0 or 2, as dropout with p = 1/2 multiplies. */
  Contents DROPOUT = (id, index) -> 2.0 * random().below(id, index, 2);

  /** Zeros. */
  Contents ZERO = (id, index) -> 0;

  /** Not a number: what has to be replaced, whatever it is. */
  Contents UNSET = (id, index) -> Double.NaN;

  private static double away(double value) {
    return (float) (value + Math.copySign(0.05, value));
  }

  private static CounterRandom random() {
    return CounterRandom.of(4, RandomStream.INITIALISATION);
  }
}
