package dev.gengap.experiment.file;

import static dev.gengap.experiment.file.Key.run;

import java.util.List;

/** The keys of everything random. */
final class SeedKeys {
  final Key<Long> base =
      run("seed", ValueType.longInteger(), "1", "Base seed, from which the others are derived.");
  final Key<Long> data = own("data", "the generated data set and choices of subsets");
  final Key<Long> labels = own("labels", "which labels are corrupted, and to what");
  final Key<Long> pixels = own("pixels", "permutations and noise of the images");
  final Key<Long> order = own("order", "the order of examples in each epoch");
  final Key<Long> initialisation = own("initialisation", "the parameters at step 0");
  final Key<Long> augmentation = own("augmentation", "what augmentation does in each epoch");

  final Key<Long> dropout = own("dropout", "which units dropout leaves out in each step");

  /** In the order of the documentation. */
  List<Key<?>> all() {
    return List.of(base, data, labels, pixels, order, initialisation, augmentation, dropout);
  }

  private static Key<Long> own(String which, String purpose) {
    String meaning = "Seed of " + purpose + ". Without it, derived from seed.";
    return run("seeds." + which, ValueType.longInteger(), "", meaning);
  }
}
