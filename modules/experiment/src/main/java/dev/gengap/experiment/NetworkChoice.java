package dev.gengap.experiment;

import dev.gengap.network.NetworkSpec;

/**
 * The network of a run. Immutable.
 *
 * @param name as written in the experiment file; {@code inline} for a network written there
 * @param spec the network itself
 * @param text the network in the canonical form of the network language, part of the run's id
 * @param initialiser name of the distribution of the parameters at step 0
 */
public record NetworkChoice(String name, NetworkSpec spec, String text, String initialiser) {}
