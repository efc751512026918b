package dev.gengap.experiment.file;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.gengap.training.SnapshotPolicy.Refinement;
import java.util.Optional;
import java.util.Set;

/** The objects in the list of loss-check refinements. */
final class RefinementType {
  private static final Set<String> KEYS = Set.of("train-loss", "checks-per-epoch");

  private RefinementType() {}

  static ValueType<Refinement> refinement() {
    return new ValueType<>(
        "{train-loss = a number > 0, checks-per-epoch = a power of two}", RefinementType::read);
  }

  private static Optional<Refinement> read(ConfigValue value) {
    if (!(value instanceof ConfigObject object) || !object.keySet().equals(KEYS)) {
      return Optional.empty();
    }
    Optional<Double> loss = ValueType.real(object.get("train-loss")).filter(x -> x > 0);
    return loss.flatMap(
        x ->
            ValueType.whole(object.get("checks-per-epoch"))
                .filter(n -> n >= 1 && n <= 1 << 20 && Long.bitCount(n) == 1)
                .map(n -> new Refinement(x, n.intValue())));
  }
}
