package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import java.util.Arrays;
import java.util.OptionalDouble;

/** How well rows of numbers cluster by their labels. */
final class Clusters {
  private Clusters() {}

  /**
   * The Davies–Bouldin index: the mean over clusters i of max_{j≠i} (S_i + S_j) / ‖c_i − c_j‖_2,
   * c_i the mean of a cluster and S_i the mean distance from it. Two clusters of the same mean are
   * left out.
   *
   * @param labels one of each row
   * @return empty for less than two clusters
   */
  static OptionalDouble daviesBouldin(Matrix rows, int[] labels) {
    int[] distinct = Arrays.stream(labels).distinct().sorted().toArray();
    if (distinct.length < 2) {
      return OptionalDouble.empty();
    }
    double[][] centres = new double[distinct.length][];
    double[] spreads = new double[distinct.length];
    for (int i = 0; i < distinct.length; i++) {
      centres[i] = centre(rows, labels, distinct[i]);
      spreads[i] = spread(rows, labels, distinct[i], centres[i]);
    }
    double sum = 0;
    for (int i = 0; i < distinct.length; i++) {
      double worst = 0;
      for (int j = 0; j < distinct.length; j++) {
        double apart = Math.sqrt(Vectors.squaredDistance(centres[i], centres[j]));
        if (apart > 0) {
          worst = Math.max(worst, (spreads[i] + spreads[j]) / apart);
        }
      }
      sum += worst;
    }
    return OptionalDouble.of(sum / distinct.length);
  }

  private static double[] centre(Matrix rows, int[] labels, int label) {
    double[] centre = new double[rows.columns()];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == label) {
        Vectors.add(centre, 1, Vectors.row(rows, i));
        count++;
      }
    }
    Vectors.divide(centre, count);
    return centre;
  }

  private static double spread(Matrix rows, int[] labels, int label, double[] centre) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == label) {
        sum += Math.sqrt(Vectors.squaredDistance(Vectors.row(rows, i), centre));
        count++;
      }
    }
    return sum / count;
  }
}
