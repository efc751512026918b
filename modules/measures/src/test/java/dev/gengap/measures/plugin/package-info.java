/** Plugins for tests, compiled when a test needs them. */
package dev.gengap.measures.plugin;
