/** Computes on OpenCL devices with Aparapi: the only package that knows of it. */
package dev.gengap.compute.aparapi;
