/** What is known of an experiment, folded from its topics, and how a terminal shows it. */
package dev.gengap.monitor;
