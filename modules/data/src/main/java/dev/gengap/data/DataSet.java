package dev.gengap.data;

/**
 * A data set in memory: both splits have the same shape and classes.
 *
 * @param name as written in an experiment file: {@code cifar-10}
 * @param train the training examples; an example's id is its index here
 * @param test the test examples; an example's id is its index here
 */
public record DataSet(String name, LabelledImages train, LabelledImages test) {
  public DataSet {
    if (!train.shape().equals(test.shape()) || train.classes() != test.classes()) {
      throw new IllegalArgumentException(
          "test split: "
              + test.shape()
              + ", "
              + test.classes()
              + " classes (expected: as in training, "
              + train.shape()
              + ", "
              + train.classes()
              + " classes)");
    }
  }
}
