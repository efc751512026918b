package dev.gengap.measures;

/** A linear map A between vectors, known by what it and its transpose do. */
interface LinearMap {
  /** Numbers in what it takes. */
  int inputs();

  /** Numbers in what it gives. */
  int outputs();

  /** A v. */
  double[] times(double[] v);

  /** Aᵀ u. */
  double[] transposeTimes(double[] u);
}
