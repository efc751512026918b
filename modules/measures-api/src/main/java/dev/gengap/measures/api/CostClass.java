package dev.gengap.measures.api;

/** What computing a measure takes, from the cheapest. */
public enum CostClass {
  /** The weights alone, or what was recorded with them. */
  WEIGHTS,
  /** One forward pass over the data. */
  FORWARD,
  /** Gradients over the data. */
  GRADIENTS,
  /** Many passes with perturbed weights. */
  PERTURBATIONS,
  /** Products of the Hessian with vectors. */
  HESSIAN
}
