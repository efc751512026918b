package dev.gengap.measures;

import dev.gengap.measures.api.Inputs;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import dev.gengap.measures.api.Shared;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The training inputs of each class divided into cells of those nearest, in ℓ2, to one of a few
 * centres: the first of the class, and then, one after the other, the input farthest from the
 * centres so far (the first of equals).
 */
final class Cells {
  /** Those of the training inputs, at most {@link Setting#CELLS} of each class. */
  static final Shared<Cells> OF_TRAINING = Shared.of(Cells::ofTraining);

  private final List<List<double[]>> centres;
  private double squaredRadius;

  private Cells(int classes) {
    centres = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      centres.add(new ArrayList<>());
    }
  }

  private static Cells ofTraining(MeasureContext context) {
    Inputs inputs = context.trainInputs();
    int[] labels = Arrays.copyOf(context.train().labels(), inputs.size());
    Cells cells = new Cells(context.train().classes());
    for (int label = 0; label < cells.centres.size(); label++) {
      cells.divide(inputs, examplesOf(label, labels), label, context.settings());
    }
    return cells;
  }

  private static int[] examplesOf(int label, int[] labels) {
    int[] examples = new int[labels.length];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == label) {
        examples[count++] = i;
      }
    }
    return Arrays.copyOf(examples, count);
  }

  private void divide(Inputs inputs, int[] examples, int label, Settings settings) {
    if (examples.length == 0) {
      return;
    }
    double[] distances = new double[examples.length];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    int farthest = 0;
    int most = settings.count(Setting.CELLS);
    while (centres.get(label).size() < most && distances[farthest] > 0) {
      double[] centre = new double[inputs.features()];
      inputs.copy(examples[farthest], centre);
      centres.get(label).add(centre);
      farthest = approach(inputs, examples, centre, distances);
    }
    squaredRadius = Math.max(squaredRadius, distances[farthest]);
  }

  /** Lowers the squared distances by {@code centre} and returns where the largest is. */
  private static int approach(Inputs inputs, int[] examples, double[] centre, double[] distances) {
    double[] x = new double[centre.length];
    int farthest = 0;
    for (int i = 0; i < examples.length; i++) {
      inputs.copy(examples[i], x);
      distances[i] = Math.min(distances[i], Vectors.squaredDistance(x, centre));
      if (distances[i] > distances[farthest]) {
        farthest = i;
      }
    }
    return farthest;
  }

  /** Number of cells of all classes. */
  int count() {
    return centres.stream().mapToInt(List::size).sum();
  }

  /** The largest distance of a training input from the centre of its cell. */
  double radius() {
    return Math.sqrt(squaredRadius);
  }

  /** Number of cells of the class {@code label}; 0 where it has no training input. */
  int count(int label) {
    return centres.get(label).size();
  }

  /** The cell of {@code x} among those of the class {@code label}, of which there are some. */
  int of(double[] x, int label) {
    List<double[]> of = centres.get(label);
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < of.size(); i++) {
      double distance = Vectors.squaredDistance(x, of.get(i));
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }
}
