package dev.gengap.measures;

import dev.gengap.measures.api.Inputs;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Outputs;
import dev.gengap.measures.api.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The algorithmic robustness of Xu & Mannor 2012 with K the cells of a cover of all inputs; and as
 * the examples show it: by how much the losses differ within one of K cells, each of inputs of one
 * class that lie close to each other.
 */
final class Robustness {
  private static final String WITHIN = "max over K cells of (largest − smallest loss), ";

  /** Radius of the cells of the cover, for inputs within [0, 1]. */
  private static final double RADIUS = 0.1;

  private Robustness() {}

  static List<Measure> measures() {
    return List.of(
        Definition.of(
                "robustness_log10_cells",
                "log10 K = n log10⌈1/r⌉ + log10(classes), the cells of a cover, n inputs",
                Sources.XU_2012)
            .convention("inputs", "[0, 1], ℓ∞")
            .convention("radius", Double.toString(RADIUS))
            .exact(Robustness::log10Cells),
        define("robustness_spread_train", WITHIN + "training")
            .convention("loss", "cross-entropy")
            .exact(context -> spread(context, false)),
        define("robustness_spread", WITHIN + "training and test")
            .needs(Need.TEST_OUTPUTS)
            .needs(Need.TEST_INPUTS)
            .convention("loss", "cross-entropy")
            .convention("class_without_training", "left out")
            .exact(context -> spread(context, true)),
        define("robustness_cells", "K, the cells of all classes")
            .exact(context -> context.get(Cells.OF_TRAINING).count()),
        define("robustness_radius", "max ‖x − centre of its cell‖_2, training")
            .exact(context -> context.get(Cells.OF_TRAINING).radius()));
  }

  private static Definition define(String key, String formula) {
    return Definition.of(key, formula, Sources.XU_2012)
        .needs(Need.TRAIN_OUTPUTS)
        .needs(Need.TRAIN_INPUTS)
        .setting(Setting.CELLS)
        .setting(Setting.EXAMPLES)
        .convention("cell", "of a class, nearest centre in ℓ2")
        .convention("centres", "first example, then the farthest from those before");
  }

  private static double log10Cells(MeasureContext context) {
    return context.network().features() * StrictMath.log10(Math.ceil(1 / RADIUS))
        + StrictMath.log10(context.network().classes());
  }

  private static double spread(MeasureContext context, boolean withTest) {
    Spreads spreads = new Spreads(context.get(Cells.OF_TRAINING), context.train().classes());
    spreads.add(context.trainInputs(), context.train());
    if (withTest) {
      spreads.add(context.testInputs(), context.test());
    }
    return spreads.largest();
  }

  /** The smallest and the largest loss of each cell. */
  private static final class Spreads {
    private final Cells cells;
    private final List<double[]> least = new ArrayList<>();
    private final List<double[]> most = new ArrayList<>();

    Spreads(Cells cells, int classes) {
      this.cells = cells;
      for (int label = 0; label < classes; label++) {
        double[] smallest = new double[cells.count(label)];
        Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        least.add(smallest);
        most.add(new double[cells.count(label)]);
      }
    }

    void add(Inputs inputs, Outputs outputs) {
      double[] x = new double[inputs.features()];
      for (int i = 0; i < inputs.size(); i++) {
        int label = outputs.labels()[i];
        if (cells.count(label) > 0) {
          inputs.copy(i, x);
          int cell = cells.of(x, label);
          double loss = Errors.crossEntropy(outputs, i);
          least.get(label)[cell] = Math.min(least.get(label)[cell], loss);
          most.get(label)[cell] = Math.max(most.get(label)[cell], loss);
        }
      }
    }

    double largest() {
      double largest = 0;
      for (int label = 0; label < least.size(); label++) {
        for (int cell = 0; cell < least.get(label).length; cell++) {
          largest = Math.max(largest, most.get(label)[cell] - least.get(label)[cell]);
        }
      }
      return largest;
    }
  }
}
