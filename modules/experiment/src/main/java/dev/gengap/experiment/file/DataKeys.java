package dev.gengap.experiment.file;

import static dev.gengap.experiment.file.Key.run;

import dev.gengap.data.Condition.TestLabels;
import dev.gengap.data.ConditionKind;
import dev.gengap.data.Preprocessing.Scaling;
import java.util.List;

/** The keys of which examples there are, how they become inputs and what their condition is. */
final class DataKeys {
  final Key<String> set;
  final Key<Integer> train =
      run(
          "data.train",
          ValueType.integer(0).or("all", 0),
          "all",
          "Training examples: the first so many; 0 is all.");
  final Key<Integer> test =
      run(
          "data.test",
          ValueType.integer(0).or("all", 0),
          "all",
          "Test examples: the first so many; 0 is all.");
  final Key<Integer> heldOut =
      run(
          "data.held-out",
          ValueType.integer(0),
          "0",
          "Of the training examples, the last so many are not trained on but evaluated.");
  final Key<Integer> crop =
      run(
          "preprocessing.crop",
          ValueType.integer(0),
          "0",
          "Side of the centre crop [pixels]; 0 keeps the whole image.");
  final Key<Scaling> scaling =
      run(
          "preprocessing.scaling",
          ValueType.constant(Scaling.values()),
          "per-image-whitening",
          "How bytes become inputs: x/255, and then by the image's mean and deviation or not.");

  final Key<ConditionKind> kind =
      run(
          "condition.kind",
          ValueType.constant(ConditionKind.values()),
          "none",
          "What is done to the data.");
  final Key<Double> p =
      run(
          "condition.p",
          ValueType.number("a number from 0 to 1", p -> p >= 0 && p <= 1),
          "1",
          "Fraction of labels corrupted by partial-labels and permuted-labels.");
  final Key<Boolean> permuteChannels =
      run(
          "condition.permute-channels",
          ValueType.flag(),
          "false",
          "Whether shuffled-pixels and random-pixels move the channels of a pixel apart.");
  final Key<String> gaussian =
      run(
          "condition.gaussian",
          ValueType.choice(List.of("per-channel", "scalar")),
          "per-channel",
          "Whether gaussian matches the mean and variance of each channel or of all together.");
  final Key<TestLabels> testLabels =
      run(
          "condition.test-labels",
          ValueType.constant(TestLabels.values()),
          "clean",
          "Whether test labels stay as they are or get the noise of the training labels.");

  /**
   * @param sets names of the data sets, the default first
   */
  DataKeys(List<String> sets) {
    set = run("data.set", ValueType.choice(sets), sets.get(0), "The data set.");
  }

  /** In the order of the documentation. */
  List<Key<?>> all() {
    return List.of(
        set, train, test, heldOut, crop, scaling, kind, p, permuteChannels, gaussian, testLabels);
  }
}
