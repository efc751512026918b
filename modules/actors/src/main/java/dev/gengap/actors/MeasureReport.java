package dev.gengap.actors;

/** How a node gets on with an order to measure. */
sealed interface MeasureReport {
  /** Which order. */
  long lease();

  /** The order is being worked on; told every second. */
  record Busy(long lease) implements MeasureReport {}

  /** Everything found, and every failure, is on Kafka. */
  record Done(long lease) implements MeasureReport {}

  /** The node could neither read the snapshot's records nor publish. */
  record Broken(long lease, Throwable cause) implements MeasureReport {}
}
