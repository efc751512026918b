package dev.gengap.experiment;

import dev.gengap.data.ImageShape;
import java.util.List;

/** The data sets an experiment file may name. Implementations are immutable. */
public interface DataCatalogue {
  /** Names of the data sets, the default first. */
  List<String> names();

  /**
   * What is known of {@code name} without reading its images.
   *
   * @throws IllegalArgumentException if it is not one of {@link #names}
   */
  Facts facts(String name);

  /**
   * The outline of a data set.
   *
   * @param shape of one raw image
   * @param classes number of classes K
   * @param train training examples there are
   * @param test test examples there are
   * @param extensible whether more of them can be made
   */
  record Facts(ImageShape shape, int classes, int train, int test, boolean extensible) {}
}
