package dev.gengap.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts of a network one after the other. Immutable. */
record Chain(List<Part> parts) {
  static final Chain EMPTY = new Chain(List.of());

  Chain {
    parts = List.copyOf(parts);
  }

  /** This, and {@code part} after it. */
  Chain then(Part part) {
    List<Part> longer = new ArrayList<>(parts);
    longer.add(part);
    return new Chain(longer);
  }

  /**
   * What keeps {@code slice}, if it follows, from being folded into weights here, if anything does:
   * {@code through relu (layer 1)}.
   */
  Optional<String> blocker(NormSlice slice) {
    if (parts.isEmpty()) {
      return Optional.of("past the start of its path");
    }
    Part last = parts.get(parts.size() - 1);
    return last.commutes(slice) ? before().blocker(slice) : last.blocker(slice);
  }

  /** The chain that does what this and {@code slice} do, which no {@link #blocker} keeps out. */
  Chain absorbing(NormSlice slice) {
    Part last = parts.get(parts.size() - 1);
    return last.commutes(slice)
        ? before().absorbing(slice).then(last)
        : before().then(last.absorbing(slice));
  }

  private Chain before() {
    return new Chain(parts.subList(0, parts.size() - 1));
  }

  /**
   * Adds the tensors of all parts.
   *
   * @param prefix of their names
   * @param from the weights of the network as it was
   */
  void write(String prefix, Weights from, Map<String, FloatArray> into) {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).write(prefix + i, from, into);
    }
  }
}
