package dev.gengap.training;

/** Where minibatches come from, in the order of their sequence numbers. */
@FunctionalInterface
public interface MinibatchSource {
  /**
   * Waits until there is a next minibatch.
   *
   * @return false if nobody waits for it any more
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  default boolean hasNext() throws InterruptedException {
    return true;
  }

  /**
   * The next minibatch; waits until there is one.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Minibatch next() throws InterruptedException;
}
