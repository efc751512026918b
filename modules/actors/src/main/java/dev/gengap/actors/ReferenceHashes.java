package dev.gengap.actors;

import java.util.Optional;

/**
 * The reference sets of a run, by content hash.
 *
 * @param train the examples trained on, under the run's condition
 * @param uncropped the same before the centre crop, where a trainer that gets ids makes its
 *     minibatches of them; empty: of {@code train}
 * @param heldOut the training examples held out, under the run's condition; empty: none
 * @param test the test examples under the run's condition
 */
record ReferenceHashes(
    String train, Optional<String> uncropped, Optional<String> heldOut, String test) {}
