/** Clusters of real processes, some of which are lost, frozen or cut off. */
package dev.gengap.systemtests.cluster;
