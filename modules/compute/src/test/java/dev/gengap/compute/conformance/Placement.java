package dev.gengap.compute.conformance;

/** Where a case's tensors lie. */
enum Placement {
  /** Each in memory of its own. */
  WHOLE,
  /**
   * Batches in the first rows of larger ones, as a last partial batch is; parameters in the middle
   * of an arena, on no particular boundary.
   */
  VIEW
}
