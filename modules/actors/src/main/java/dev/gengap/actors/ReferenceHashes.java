package dev.gengap.actors;

import java.util.Optional;

/**
 * The reference sets of a run, by content hash.
 *
 * @param train the examples trained on, under the run's condition
 * @param original those with their labels before the condition; {@code train} where none changed
 * @param uncropped the examples of {@code train} before the centre crop, where a trainer that gets
 *     ids makes its minibatches of them; empty: of {@code train}
 * @param heldOut the training examples held out, under the run's condition; empty: none
 * @param test the test examples under the run's condition
 */
record ReferenceHashes(
    String train,
    String original,
    Optional<String> uncropped,
    Optional<String> heldOut,
    String test) {}
