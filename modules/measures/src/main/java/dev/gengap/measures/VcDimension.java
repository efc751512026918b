package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Setting;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.layer.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * Upper bounds on the VC dimension of a network's architecture, and on the gap by it. A layer's
 * depth i counts the weight layers on the longest way to it, itself included.
 */
final class VcDimension {
  private static final double EIGHT_E = 8 * Math.E;

  private VcDimension() {}

  static List<Measure> measures() {
    return List.of(
        bound(
                "vc_dimension",
                "L + Σ_i P_i · log2(8e R log2(4e R)), P_i parameters of layers 1 … i,"
                    + " R = Σ i · units of layer i")
            .exact(context -> bound(context.network())),
        bound("vc_bound", "√((V ln(2e max(m/V, 1)) + ln(4/δ)) / m), V the VC dimension's bound")
            .needs(Need.TRAIN_OUTPUTS)
            .setting(Setting.DELTA)
            .exact(VcDimension::gap),
        Definition.of(
                "vc_dimension_jiang",
                "d log2(6 d m)³ Σ k_i² h_i h_{i−1}, without its constant",
                Sources.JIANG_2020 + " (19)")
            .needs(Need.TRAIN_OUTPUTS)
            .convention("formula", "unverified")
            .exact(VcDimension::jiang));
  }

  private static Definition bound(String key, String formula) {
    return Definition.ofWeights(key, formula, Sources.BARTLETT_2019)
        .convention("bias", "included")
        .convention("units", "outputs of a layer, at all positions");
  }

  /** The bound on the VC dimension of {@code network}. */
  static double bound(NetworkSpec network) {
    List<Layer> layers = new ArrayList<>();
    int depth = collect(network.layers(), network.input(), 0, layers);
    double units = 0;
    double cumulative = 0;
    for (Layer layer : layers) {
      units += (double) layer.depth * layer.units;
      cumulative += (double) (depth - layer.depth + 1) * layer.parameters;
    }
    return depth + cumulative * log2(EIGHT_E * units * log2(EIGHT_E / 2 * units));
  }

  private static double gap(MeasureContext context) {
    double dimension = bound(context.network());
    double m = context.train().size();
    double delta = context.settings().get(Setting.DELTA);
    double growth = dimension * StrictMath.log(2 * Math.E * Math.max(m / dimension, 1));
    return Math.sqrt((growth + StrictMath.log(4 / delta)) / m);
  }

  private static double jiang(MeasureContext context) {
    double d = context.weightMatrices().size();
    double weights =
        context.weightMatrices().stream().mapToDouble(weight -> weight.values().length).sum();
    double log = log2(6 * d * context.train().size());
    return d * log * log * log * weights;
  }

  private static double log2(double x) {
    return StrictMath.log(x) / StrictMath.log(2);
  }

  /**
   * A weight layer.
   *
   * @param depth from 1
   * @param units numbers that it gives
   * @param parameters weights and biases
   */
  private record Layer(int depth, long units, long parameters) {}

  /** Adds the weight layers after {@code depth} others, and returns the depth after them. */
  private static int collect(
      List<LayerSpec> chain, List<Integer> input, int depth, List<Layer> into) {
    List<List<Integer>> shapes = new Sequential(chain).shapes(input);
    int reached = depth;
    for (int i = 0; i < chain.size(); i++) {
      LayerSpec layer = chain.get(i);
      if (layer instanceof Branching branching) {
        int deepest = reached;
        for (List<LayerSpec> path : branching.paths()) {
          deepest = Math.max(deepest, collect(path, shapes.get(i), reached, into));
        }
        reached = deepest;
      } else if (layer instanceof Linear || layer instanceof Conv2d) {
        reached++;
        long units =
            shapes.get(i + 1).stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        into.add(new Layer(reached, units, parameters(layer, shapes.get(i))));
      }
    }
    return reached;
  }

  private static long parameters(LayerSpec layer, List<Integer> input) {
    return layer.parameters("", input).stream().mapToLong(ParameterSpec::size).sum();
  }
}
