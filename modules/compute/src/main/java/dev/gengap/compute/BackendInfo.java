package dev.gengap.compute;

/**
 * What decides the bits of a backend's results, for the run's manifest.
 *
 * @param name of the backend: {@code nd4j}
 * @param version of the library behind it
 * @param device what computes, for people
 * @param threads host threads that share the work of one operation
 */
public record BackendInfo(String name, String version, String device, int threads) {}
