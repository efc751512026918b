package dev.gengap.compute;

/** The numbers a workspace computes with. */
public enum Precision {
  /** IEEE 754 binary32: training. */
  FLOAT32,
  /** IEEE 754 binary64: measures and tests. */
  FLOAT64
}
