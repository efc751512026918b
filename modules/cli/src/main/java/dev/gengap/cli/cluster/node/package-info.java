/** The verb {@code node}: one process of a cluster. */
package dev.gengap.cli.cluster.node;
