package dev.gengap.measures;

import java.util.function.Supplier;

/**
 * A value computed when first asked for, and then kept; if computing it failed, the failure is kept
 * and thrown again, so that an expensive failure happens once. Confined to one thread.
 */
final class Lazy<T> implements Supplier<T> {
  private Supplier<T> pending;
  private T value;
  private RuntimeException failure;

  Lazy(Supplier<T> pending) {
    this.pending = pending;
  }

  @Override
  public T get() {
    if (pending != null) {
      Supplier<T> compute = pending;
      pending = null;
      try {
        value = compute.get();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return value;
  }
}
