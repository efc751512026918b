/** Trains networks: the optimiser's step, the loop around it, when it ends, what it reports. */
package dev.gengap.training;
