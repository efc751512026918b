/** What every backend must do, as cases that run on it and on the reference side by side. */
package dev.gengap.compute.conformance;
