package dev.gengap.cli.bench;

import dev.gengap.training.MinibatchSource;

/** Where a benchmark's minibatches come from. Confined to one thread. Caller closes. */
interface BenchmarkSource extends MinibatchSource, AutoCloseable {
  /** What one minibatch is on its way: bytes of a record, or of the inputs in memory. */
  long bytes();

  @Override
  void close();
}
