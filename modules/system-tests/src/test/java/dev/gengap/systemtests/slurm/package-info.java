/** The batch script of a cluster, under a program that stands in for SLURM. */
package dev.gengap.systemtests.slurm;
