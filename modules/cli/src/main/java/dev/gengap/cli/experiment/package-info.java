/** Experiments: plan them, run them, watch them. */
package dev.gengap.cli.experiment;
