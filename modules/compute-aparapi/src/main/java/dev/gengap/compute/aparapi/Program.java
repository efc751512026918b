package dev.gengap.compute.aparapi;

import java.util.Arrays;
import java.util.List;

/** All instructions of a workspace, as the kernel reads them. */
final class Program {
  private int[] integers = new int[0];
  private float[] numbers = new float[0];
  private int length;
  private boolean changed = true;

  /** Where {@code instructions} begin. */
  int add(List<Instruction> instructions) {
    int start = length;
    length += instructions.size();
    if (length * ArenaKernel.INTEGERS > integers.length) {
      int capacity = Math.max(64, 2 * length);
      integers = Arrays.copyOf(integers, capacity * ArenaKernel.INTEGERS);
      numbers = Arrays.copyOf(numbers, capacity * ArenaKernel.NUMBERS);
    }
    for (int i = 0; i < instructions.size(); i++) {
      instructions
          .get(i)
          .copyTo(
              integers,
              (start + i) * ArenaKernel.INTEGERS,
              numbers,
              (start + i) * ArenaKernel.NUMBERS);
    }
    changed = true;
    return start;
  }

  void setNumber(int instruction, int index, float value) {
    int at = instruction * ArenaKernel.NUMBERS + index;
    if (numbers[at] != value) {
      numbers[at] = value;
      changed = true;
    }
  }

  /** Whether it differs from what this last returned true for. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  int[] integers() {
    return integers;
  }

  float[] numbers() {
    return numbers;
  }
}
