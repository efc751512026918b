package dev.gengap.compute;

/**
 * How an optimiser moves weights w, given the gradient g of the mean loss, at learning rate lr. All
 * state starts at zero and has as many elements as the weights. Steps t count from 1.
 */
public sealed interface UpdateRule {

  /** State vectors it keeps, in the order of its formula. */
  int stateVectors();

  /**
   * Stochastic gradient descent with momentum, as in PyTorch: g ← g + wd·w, v ← m·v + g, w ← w −
   * lr·v; with Nesterov's momentum w ← w − lr·(g + m·v). State: v.
   *
   * @param momentum m, in [0, 1)
   * @param nesterov whether the gradient is looked for ahead
   * @param weightDecay wd, ≥ 0
   */
  record Sgd(double momentum, boolean nesterov, double weightDecay) implements UpdateRule {
    @Override
    public int stateVectors() {
      return 1;
    }
  }

  /**
   * Adam (Kingma and Ba 2015; decoupled: AdamW, Loshchilov and Hutter 2019): g ← g + wd·w (coupled)
   * or w ← w − lr·wd·w (decoupled); m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − lr·m̂/(√v̂ +
   * ε), m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ). State: m, v.
   */
  record Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
      implements UpdateRule {
    @Override
    public int stateVectors() {
      return 2;
    }
  }

  /**
   * RMSProp (Tieleman and Hinton 2012), as in PyTorch: g ← g + wd·w, s ← α·s + (1 − α)g², b ← m·b +
   * g/(√s + ε), w ← w − lr·b. State: s, b.
   */
  record RmsProp(double alpha, double epsilon, double momentum, double weightDecay)
      implements UpdateRule {
    @Override
    public int stateVectors() {
      return 2;
    }
  }
}
