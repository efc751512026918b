package dev.gengap.measures;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.Examples;
import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Outputs;
import dev.gengap.network.Evaluator;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The shared quantities of one snapshot, each computed once, when first asked for. */
final class SnapshotContext implements MeasureContext {
  /** The percentile of the margins that is γ (Neyshabur et al. 2017). */
  private static final double MARGIN_PERCENTILE = 5;

  private final MeasuredSnapshot snapshot;
  private final Lazy<Optional<Outputs>> train;
  private final Lazy<Optional<Outputs>> test;
  private final Lazy<double[]> sortedMargins = new Lazy<>(() -> Margins.sorted(train()));
  private final Lazy<List<Matrix>> weightMatrices;
  private final Lazy<List<Matrix>> displacementMatrices;
  private final Lazy<List<Double>> squaredFrobeniusNorms =
      new Lazy<>(() -> weightMatrices().stream().map(FrobeniusNorms::square).toList());
  private final Lazy<List<Double>> spectralNorms = new Lazy<>(this::computeSpectralNorms);
  private final Supplier<Double> lnPath1Sum = lnPathSumOnce(1);
  private final Supplier<Double> lnPath2Sum = lnPathSumOnce(2);

  /**
   * @param evaluator runs the forward passes, one for each set, when first needed; used from the
   *     thread that asks
   */
  SnapshotContext(MeasuredSnapshot snapshot, Evaluator evaluator) {
    this.snapshot = snapshot;
    this.train = new Lazy<>(() -> snapshot.train().map(set -> outputs(evaluator, set)));
    this.test = new Lazy<>(() -> snapshot.test().map(set -> outputs(evaluator, set)));
    this.weightMatrices =
        new Lazy<>(() -> WeightMatrices.of(snapshot.network(), snapshot.weights()));
    this.displacementMatrices =
        new Lazy<>(
            () ->
                WeightMatrices.differences(
                    weightMatrices(), WeightMatrices.of(network(), initialWeights())));
  }

  /** Why a measure with these {@code needs} cannot apply here, if it cannot. */
  Optional<String> whyNot(Set<Need> needs) {
    for (Need need : Need.values()) {
      Optional<String> reason = needs.contains(need) ? whyNot(need) : Optional.empty();
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private Optional<String> whyNot(Need need) {
    return switch (need) {
      case PLAIN_WEIGHTS, PATHS, LAYERS_AS_MATRICES -> Structure.whyNot(network(), need);
      case INITIAL_WEIGHTS -> unless(snapshot.initial().isPresent(), need);
      case TRAIN_OUTPUTS -> whyNot(train.get(), need);
      case TEST_OUTPUTS -> whyNot(test.get(), need);
      case POSITIVE_MARGIN -> unless(marginPercentile(MARGIN_PERCENTILE) > 0, need);
    };
  }

  private static Optional<String> whyNot(Optional<Outputs> outputs, Need need) {
    if (outputs.isPresent() && !Arrays.stream(outputs.get().logits()).allMatch(Double::isFinite)) {
      return Optional.of("the network's outputs are not finite");
    }
    return unless(outputs.isPresent(), need);
  }

  private static Optional<String> unless(boolean met, Need need) {
    return met ? Optional.empty() : Optional.of(need.reason());
  }

  @Override
  public NetworkSpec network() {
    return snapshot.network();
  }

  @Override
  public Weights weights() {
    return snapshot.weights();
  }

  @Override
  public Weights initialWeights() {
    return snapshot.initial().orElseThrow(() -> undeclared(Need.INITIAL_WEIGHTS));
  }

  @Override
  public long seed() {
    return snapshot.seed();
  }

  @Override
  public Outputs train() {
    return train.get().orElseThrow(() -> undeclared(Need.TRAIN_OUTPUTS));
  }

  @Override
  public Outputs test() {
    return test.get().orElseThrow(() -> undeclared(Need.TEST_OUTPUTS));
  }

  @Override
  public double marginPercentile(double percentile) {
    return Margins.percentile(sortedMargins.get(), percentile);
  }

  @Override
  public double positiveMargin() {
    double margin = marginPercentile(MARGIN_PERCENTILE);
    if (!(margin > 0)) {
      throw undeclared(Need.POSITIVE_MARGIN);
    }
    return margin;
  }

  @Override
  public List<Matrix> weightMatrices() {
    return weightMatrices.get();
  }

  @Override
  public List<Matrix> displacementMatrices() {
    return displacementMatrices.get();
  }

  @Override
  public List<Double> squaredFrobeniusNorms() {
    return squaredFrobeniusNorms.get();
  }

  @Override
  public List<Double> spectralNorms() {
    return spectralNorms.get();
  }

  @Override
  public double lnPathSum(int power) {
    return switch (power) {
      case 1 -> lnPath1Sum.get();
      case 2 -> lnPath2Sum.get();
      default -> throw new IllegalArgumentException("power: " + power + " (expected: 1 or 2)");
    };
  }

  private Supplier<Double> lnPathSumOnce(int power) {
    return new Lazy<>(() -> PathNorms.lnSum(network(), weightMatrices(), power));
  }

  private List<Double> computeSpectralNorms() {
    CounterRandom random = CounterRandom.of(seed(), RandomStream.MEASURE_START);
    List<Double> norms = new ArrayList<>();
    for (Matrix weight : weightMatrices()) {
      norms.add(LargestSingularValue.of(weight, random, norms.size()));
    }
    return List.copyOf(norms);
  }

  private Outputs outputs(Evaluator evaluator, Examples examples) {
    int[] labels = new int[examples.size()];
    Arrays.setAll(labels, examples::label);
    return new Outputs(network().classes(), evaluator.logits(weights(), examples), labels);
  }

  private static IllegalStateException undeclared(Need need) {
    return new IllegalStateException(
        need + ": absent (expected: among the needs in the measure's description)");
  }
}
