/** A cluster as an array job of SLURM: the options that ask for it, and the script it is. */
package dev.gengap.cli.cluster.slurm;
