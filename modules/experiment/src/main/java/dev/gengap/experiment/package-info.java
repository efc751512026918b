/** Experiments as values: what a file asks for, resolved into runs with ids of their own. */
package dev.gengap.experiment;
