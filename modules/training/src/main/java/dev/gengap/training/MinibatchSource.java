package dev.gengap.training;

/** Where minibatches come from, in the order of their sequence numbers. */
@FunctionalInterface
public interface MinibatchSource {
  /**
   * The next minibatch; waits until there is one.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Minibatch next() throws InterruptedException;
}
