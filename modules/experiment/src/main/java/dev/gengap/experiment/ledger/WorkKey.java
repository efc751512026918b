package dev.gengap.experiment.ledger;

import dev.gengap.core.RunId;

/** What one measurement is about: it is published once. */
public record WorkKey(RunId run, long step, MeasureKey measure) {}
