package dev.gengap.actors;

/**
 * The reference sets of a run, by content hash.
 *
 * @param train the training examples under the run's condition
 * @param test the test examples under the run's condition
 */
record ReferenceHashes(String train, String test) {}
