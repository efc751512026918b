package dev.gengap.monitor.report;

/**
 * A side of a chart.
 *
 * @param label what stands along it
 */
record Axis(String label, Scale scale) {}
