package dev.gengap.experiment;

/**
 * How minibatches travel.
 *
 * @param window minibatches a feeder may be ahead of its trainer, &gt; 0
 * @param payload what a record carries: {@code pixels}
 */
public record Feed(int window, String payload) {}
