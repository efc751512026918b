/** Computes on the CPU with ND4J: the only package that knows of it. */
package dev.gengap.compute.nd4j;
