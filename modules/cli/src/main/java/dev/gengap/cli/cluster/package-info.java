/** The commands of clusters. */
package dev.gengap.cli.cluster;
