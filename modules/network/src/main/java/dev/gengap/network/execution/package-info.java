/** Runs networks, forward and backward, on any backend. */
package dev.gengap.network.execution;
