package dev.gengap.cli.measure;

import dev.gengap.data.Examples;
import dev.gengap.measures.MeasuredSnapshot;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.util.List;
import java.util.Optional;

/**
 * What to measure weights from files with. Immutable.
 *
 * @param measures to run
 * @param network of the weights
 * @param initial its weights at step 0, if they were named
 * @param train the training examples
 * @param test the test examples
 * @param settings of the measures
 */
record MeasureTask(
    List<Measure> measures,
    NetworkSpec network,
    Optional<HashedWeights> initial,
    Optional<Examples> train,
    Optional<Examples> test,
    Settings settings) {
  /** The same for every file, so that differences between them are no noise. */
  private static final long SEED = 0;

  /** Weights of the network, and those of step 0 where they are known. */
  MeasuredSnapshot snapshot(Weights weights, Optional<HashedWeights> start) {
    return new MeasuredSnapshot(
        network, weights, start.map(HashedWeights::weights), train, test, SEED, settings);
  }
}
