package dev.gengap.experiment.ledger;

/**
 * A measure under its conventions: with others, it is another quantity.
 *
 * @param measure its key
 * @param conventions hash of its conventions
 */
public record MeasureKey(String measure, String conventions) {}
