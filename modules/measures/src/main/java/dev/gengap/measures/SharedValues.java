package dev.gengap.measures;

import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Shared;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What measures share at one snapshot, each computed when first asked for. Confined to one thread.
 */
final class SharedValues {
  private final MeasureContext context;
  private final Map<Shared<?>, Object> values = new HashMap<>();
  private final Map<Shared<?>, RuntimeException> failures = new HashMap<>();

  SharedValues(MeasureContext context) {
    this.context = context;
  }

  /** Those of no snapshot. */
  static SharedValues none() {
    return new SharedValues(null);
  }

  /** What is handed on to the next snapshot: what is known here, or else was {@code before}. */
  SharedValues handedOn(SharedValues before) {
    SharedValues next = none();
    next.values.putAll(before.values);
    values.forEach(
        (quantity, value) -> {
          if (quantity.isHandedOn()) {
            next.values.put(quantity, value);
          }
        });
    return next;
  }

  /** The value of {@code quantity}; what failed once fails again, without another try. */
  <T> T get(Shared<T> quantity) {
    RuntimeException failure = failures.get(quantity);
    if (failure != null) {
      throw failure;
    }
    Optional<T> known = find(quantity);
    if (known.isPresent()) {
      return known.get();
    }
    try {
      T value = quantity.compute(context);
      values.put(quantity, value);
      return value;
    } catch (RuntimeException e) {
      failures.put(quantity, e);
      throw e;
    }
  }

  /** Whether {@code quantity} has been asked for, and was found or failed. */
  boolean has(Shared<?> quantity) {
    return values.containsKey(quantity) || failures.containsKey(quantity);
  }

  /** The value of {@code quantity}, if it has been asked for. */
  @SuppressWarnings("unchecked") // get puts a T under a Shared<T>, and nothing else does
  <T> Optional<T> find(Shared<T> quantity) {
    return Optional.ofNullable((T) values.get(quantity));
  }
}
