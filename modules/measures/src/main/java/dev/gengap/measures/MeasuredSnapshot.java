package dev.gengap.measures;

import dev.gengap.data.Examples;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.util.Optional;

/**
 * What there is to measure a snapshot with. Immutable.
 *
 * @param network the network
 * @param weights its parameters at the snapshot
 * @param initial its parameters at step 0 of the same run
 * @param train the training set as it was trained on, corruption included
 * @param test the test set
 * @param seed where all randomness of the measures comes from; the same for every snapshot of a run
 * @param settings what the user chose about the measures
 * @param training what its trainer told of it
 */
public record MeasuredSnapshot(
    NetworkSpec network,
    Weights weights,
    Optional<Weights> initial,
    Optional<Examples> train,
    Optional<Examples> test,
    long seed,
    Settings settings,
    TrainingRecord training) {

  /** A snapshot of whose training nothing is known. */
  public MeasuredSnapshot(
      NetworkSpec network,
      Weights weights,
      Optional<Weights> initial,
      Optional<Examples> train,
      Optional<Examples> test,
      long seed,
      Settings settings) {
    this(network, weights, initial, train, test, seed, settings, TrainingRecord.NONE);
  }
}
