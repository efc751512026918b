package dev.gengap.compute.reference;

/**
 * Numbers x of which each group is brought to mean 0 and deviation 1: x̂ = (x − mean)·r, r =
 * 1/√(variance + ε).
 *
 * @param mean of each group
 * @param inverse r of each group
 */
record Standardised(
    ReferenceTensor input, Grouping groups, ReferenceTensor mean, ReferenceTensor inverse) {

  @SuppressWarnings("ArrayRecordComponent") // never compared by equals
  record Gradients(double[] scale, double[] shift, double[] input) {}

  double[] means() {
    double[] sums = new double[groups.count()];
    for (int i = 0; i < input.size(); i++) {
      sums[groups.group(i)] += input.get(i) / groups.size();
    }
    return sums;
  }

  /** The biased ones: over the group's size. */
  double[] variances(double[] means) {
    double[] sums = new double[groups.count()];
    for (int i = 0; i < input.size(); i++) {
      double distance = input.get(i) - means[groups.group(i)];
      sums[groups.group(i)] += distance * distance / groups.size();
    }
    return sums;
  }

  void save(double[] means, double[] variances, double epsilon) {
    for (int g = 0; g < means.length; g++) {
      mean.set(g, means[g]);
      inverse.set(g, 1 / Math.sqrt(variances[g] + epsilon));
    }
  }

  /** output ← γ·x̂ + β. */
  void scale(ReferenceTensor scale, ReferenceTensor shift, ReferenceTensor output) {
    for (int i = 0; i < input.size(); i++) {
      int a = groups.affine(i);
      output.set(i, scale.get(a) * standardised(i) + shift.get(a));
    }
  }

  /**
   * With dŷ = γ·dy: ∂γ = Σ dy·x̂ and ∂β = Σ dy over what each scales; ∂x = r·(dŷ − mean(dŷ) −
   * x̂·mean(dŷ·x̂)), means over the group (Ioffe and Szegedy 2015, section 3).
   */
  Gradients gradients(ReferenceTensor scale, ReferenceTensor outputGradient) {
    double[] scaleGradient = new double[scale.size()];
    double[] shiftGradient = new double[scale.size()];
    double[] mean1 = new double[groups.count()];
    double[] mean2 = new double[groups.count()];
    for (int i = 0; i < input.size(); i++) {
      double dy = outputGradient.get(i);
      int a = groups.affine(i);
      scaleGradient[a] += dy * standardised(i);
      shiftGradient[a] += dy;
      mean1[groups.group(i)] += scale.get(a) * dy / groups.size();
      mean2[groups.group(i)] += scale.get(a) * dy * standardised(i) / groups.size();
    }
    double[] inputGradient = new double[input.size()];
    for (int i = 0; i < input.size(); i++) {
      int g = groups.group(i);
      double dy = scale.get(groups.affine(i)) * outputGradient.get(i);
      inputGradient[i] = inverse.get(g) * (dy - mean1[g] - standardised(i) * mean2[g]);
    }
    return new Gradients(scaleGradient, shiftGradient, inputGradient);
  }

  private double standardised(int i) {
    return (input.get(i) - mean.get(groups.group(i))) * inverse.get(groups.group(i));
  }
}
