package dev.gengap.measures;

/**
 * What Gaussian perturbations of the parameters do, on average.
 *
 * @param sharpness the rise of the mean cross-entropy [nats]
 * @param error the 0-1 error
 * @param pairs antithetic pairs of perturbations that were averaged: the independent samples
 * @param timeLimited whether there would have been more, had there been time
 */
record SampledLoss(Estimate sharpness, Estimate error, int pairs, boolean timeLimited) {}
