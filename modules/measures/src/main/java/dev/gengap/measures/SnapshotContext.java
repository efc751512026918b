package dev.gengap.measures;

import dev.gengap.compute.Precision;
import dev.gengap.data.Examples;
import dev.gengap.measures.api.History;
import dev.gengap.measures.api.Inputs;
import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Outputs;
import dev.gengap.measures.api.Passes;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import dev.gengap.measures.api.Shared;
import dev.gengap.network.EvaluationForm;
import dev.gengap.network.Evaluator;
import dev.gengap.network.NetworkRuntime;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The shared quantities of one snapshot, each computed once, when first asked for. Caller closes,
 * which frees what ran its passes.
 */
final class SnapshotContext implements MeasureContext, AutoCloseable {
  /** Whether a backend's ReLU lets a NaN through is its own affair: these ask the weights. */
  private static final Set<Need> RUN_THE_NETWORK =
      EnumSet.of(Need.TRAIN_OUTPUTS, Need.TRAIN_PASSES, Need.TEST_OUTPUTS);

  private final MeasuredSnapshot snapshot;
  private final NetworkRuntime runtime;
  private final EvaluationForm form;
  private final FoldedParameters folded;
  private final Lazy<Optional<Outputs>> train;
  private final Lazy<Optional<Outputs>> test;
  private final Lazy<double[]> sortedMargins = new Lazy<>(() -> Margins.sorted(train()));
  private final SharedValues shared = new SharedValues(this);
  private final SharedValues previous;
  private final Map<Precision, SnapshotPasses> passes = new EnumMap<>(Precision.class);

  /**
   * @param runtime runs the passes, when first needed, in the thread that asks
   * @param previous of the snapshot measured before, empty if there is none
   */
  SnapshotContext(MeasuredSnapshot snapshot, NetworkRuntime runtime, SharedValues previous) {
    this.snapshot = snapshot;
    this.runtime = runtime;
    this.previous = previous;
    this.form = EvaluationForm.of(snapshot.network());
    this.folded =
        new FoldedParameters(
            form,
            snapshot.weights(),
            () -> snapshot.initial().orElseThrow(() -> undeclared(Need.INITIAL_WEIGHTS)),
            snapshot.seed());
    this.train = new Lazy<>(() -> snapshot.train().map(this::outputs));
    this.test = new Lazy<>(() -> snapshot.test().map(this::outputs));
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
    if (RUN_THE_NETWORK.contains(need) && !folded.areFinite()) {
      return Optional.of("the network's weights are not finite");
    }
    return switch (need) {
      case PLAIN_WEIGHTS, PATHS -> form.obstacle().or(() -> Structure.whyNot(network(), need));
      case INITIAL_WEIGHTS -> unless(snapshot.initial().isPresent(), need);
      case TRAIN_OUTPUTS -> whyNot(train.get(), need);
      case TRAIN_PASSES -> unless(snapshot.train().isPresent(), need).or(form::obstacle);
      case ORIGINAL_LABELS -> unless(snapshot.training().originalLabels().isPresent(), need);
      case TRAINING_HISTORY -> unless(snapshot.training().history().isPresent(), need);
      case TEST_OUTPUTS -> whyNot(test.get(), need);
      case TRAIN_INPUTS -> unless(snapshot.train().isPresent(), need);
      case TEST_INPUTS -> unless(snapshot.test().isPresent(), need);
      case POSITIVE_MARGIN -> unless(margin() > 0, need);
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
    return form.network();
  }

  @Override
  public Weights weights() {
    return folded.weights();
  }

  @Override
  public Weights initialWeights() {
    return folded.initialWeights();
  }

  @Override
  public double[] parameters() {
    return folded.vector();
  }

  @Override
  public double[] initialParameters() {
    return folded.initialVector();
  }

  @Override
  public Settings settings() {
    return snapshot.settings();
  }

  @Override
  public Passes passes() {
    return passes.computeIfAbsent(Precision.FLOAT64, this::newPasses);
  }

  @Override
  public Passes singlePrecisionPasses() {
    return passes.computeIfAbsent(Precision.FLOAT32, this::newPasses);
  }

  private SnapshotPasses newPasses(Precision precision) {
    return new SnapshotPasses(
        runtime.differentiator(network(), precision),
        firstExamples(Need.TRAIN_PASSES),
        network().classes());
  }

  @Override
  public <T> T get(Shared<T> quantity) {
    return shared.get(quantity);
  }

  @Override
  public boolean has(Shared<?> quantity) {
    return shared.has(quantity);
  }

  @Override
  public <T> Optional<T> previous(Shared<T> quantity) {
    return previous.find(quantity);
  }

  /** What the next snapshot of the run may start from. */
  SharedValues handedOn() {
    return shared.handedOn(previous);
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
  public int[] originalLabels() {
    return snapshot.training().originalLabels().orElseThrow(() -> undeclared(Need.ORIGINAL_LABELS));
  }

  @Override
  public History history() {
    return snapshot.training().history().orElseThrow(() -> undeclared(Need.TRAINING_HISTORY));
  }

  @Override
  public Outputs test() {
    return test.get().orElseThrow(() -> undeclared(Need.TEST_OUTPUTS));
  }

  @Override
  public Inputs trainInputs() {
    return new SnapshotInputs(firstExamples(Need.TRAIN_INPUTS));
  }

  @Override
  public Inputs testInputs() {
    return new SnapshotInputs(snapshot.test().orElseThrow(() -> undeclared(Need.TEST_INPUTS)));
  }

  @Override
  public Matrix activations(int layers, Inputs inputs) {
    return FirstLayers.of(network(), weights(), layers).activations(runtime, inputs);
  }

  private Examples firstExamples(Need need) {
    return FirstExamples.of(
        snapshot.train().orElseThrow(() -> undeclared(need)), settings().count(Setting.EXAMPLES));
  }

  @Override
  public double marginPercentile(double percentile) {
    return Margins.percentile(sortedMargins.get(), percentile);
  }

  @Override
  public double positiveMargin() {
    double margin = margin();
    if (!(margin > 0)) {
      throw undeclared(Need.POSITIVE_MARGIN);
    }
    return margin;
  }

  private double margin() {
    return marginPercentile(settings().get(Setting.MARGIN_PERCENTILE));
  }

  @Override
  public List<Matrix> weightMatrices() {
    return folded.matrices();
  }

  @Override
  public List<Matrix> displacementMatrices() {
    return folded.displacements();
  }

  @Override
  public List<Double> squaredFrobeniusNorms() {
    return folded.squaredFrobeniusNorms();
  }

  @Override
  public List<Double> spectralNorms() {
    return folded.spectralNorms();
  }

  @Override
  public double lnPathSum(int power) {
    return folded.lnPathSum(power);
  }

  private Outputs outputs(Examples examples) {
    int[] labels = new int[examples.size()];
    Arrays.setAll(labels, examples::label);
    try (Evaluator evaluator = runtime.evaluator(snapshot.network())) {
      return new Outputs(
          snapshot.network().classes(), evaluator.logits(snapshot.weights(), examples), labels);
    }
  }

  @Override
  public void close() {
    passes.values().forEach(SnapshotPasses::close);
  }

  private static IllegalStateException undeclared(Need need) {
    return new IllegalStateException(
        need + ": absent (expected: among the needs in the measure's description)");
  }
}
