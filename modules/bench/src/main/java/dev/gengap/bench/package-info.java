/** JMH benchmarks of the kernels where the time goes. */
package dev.gengap.bench;
