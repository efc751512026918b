package dev.gengap.actors;

/** Where runs that were cut short find what they go on from. */
public enum Resumption {
  /** In the run folder: for runs that go on in a process with the same folder. */
  IN_FOLDER,
  /** On Kafka: for runs that may go on on any machine. */
  ON_KAFKA
}
