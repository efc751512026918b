package dev.gengap.measures;

import dev.gengap.data.Examples;

/** The first examples of a set. Immutable, as the set is; safe for any thread. */
record FirstExamples(Examples all, int size) implements Examples {
  /** The first {@code most} of {@code examples}, or all where there are not so many. */
  static Examples of(Examples examples, int most) {
    return examples.size() <= most ? examples : new FirstExamples(examples, most);
  }

  @Override
  public int features() {
    return all.features();
  }

  @Override
  public int label(int index) {
    return all.label(index);
  }

  @Override
  public void copyInputs(int from, int count, float[] into) {
    all.copyInputs(from, count, into);
  }
}
