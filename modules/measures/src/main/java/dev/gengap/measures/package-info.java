/** The built-in measures, what they share, and how a list of measures is run over a snapshot. */
package dev.gengap.measures;
