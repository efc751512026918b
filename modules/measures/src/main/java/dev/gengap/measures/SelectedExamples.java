package dev.gengap.measures;

import dev.gengap.data.Examples;
import java.util.Objects;

/**
 * Some examples of a set, in any order. Immutable, as the set is; safe for any thread.
 *
 * @param indices of the examples in {@code all}
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: never compared by equals
record SelectedExamples(Examples all, int[] indices) implements Examples {
  SelectedExamples {
    indices = indices.clone();
    for (int index : indices) {
      Objects.checkIndex(index, all.size());
    }
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public int features() {
    return all.features();
  }

  @Override
  public int label(int index) {
    return all.label(indices[index]);
  }

  @Override
  public void copyInputs(int from, int count, float[] into) {
    float[] one = new float[features()];
    for (int i = 0; i < count; i++) {
      all.copyInputs(indices[from + i], 1, one);
      System.arraycopy(one, 0, into, i * one.length, one.length);
    }
  }
}
