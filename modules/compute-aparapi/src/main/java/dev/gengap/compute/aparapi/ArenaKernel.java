package dev.gengap.compute.aparapi;

import com.aparapi.Kernel;

/**
 * The memory of a workspace on the device, and how a pass finds its work. Aparapi gives each kernel
 * object buffers of its own, so everything that shares memory has to be one kernel: its operations
 * are split over a chain of classes, and {@link #integers} say which of them a pass runs.
 *
 * <p>Every method below {@code run} becomes a function of OpenCL C. Aparapi translates no {@code
 * switch}, {@code break}, enhanced {@code for}, objects, overloads, arguments that are private
 * arrays, or variables declared just before a {@code while}. A method that loops takes the arena
 * into a variable first: a compiler that cannot tell whether a store changes the field itself would
 * load it again each time.
 */
abstract class ArenaKernel extends Kernel {
  /** Integers of one instruction: opcode, offsets, sizes. */
  static final int INTEGERS = 24;

  /** Elements that a processor treats at once. */
  static final int LANES = 16;

  /** Real numbers of one instruction. */
  static final int NUMBERS = 10;

  /** Every tensor; element 0 tells the device's memory from a copy the host made of its own. */
  float[] arena = new float[0];

  /** What travels between host and device in one piece of a few numbers. */
  float[] small = new float[0];

  /** What travels in pieces of many. */
  float[] large = new float[0];

  int[] integers = new int[0];
  float[] numbers = new float[0];

  /** Where a transfer begins in the arena. */
  int transferAt;

  int transferCount;

  /** What element 0 of the arena becomes on the device. */
  float mark;

  /** Instruction of the first pass. */
  int base;

  /** 1 if a work item takes neighbouring elements (a processor), 0 if every n-th (coalescing). */
  int contiguous;

  int integer(int index) {
    return integers[(base + getPassId()) * INTEGERS + index];
  }

  float number(int index) {
    return numbers[(base + getPassId()) * NUMBERS + index];
  }

  // Work comes in pieces, which first, last and stride share out. What goes on inside a piece goes
  // from neighbour to neighbour, which a processor's compiler turns into vector instructions.

  /** Of n pieces of work, the first of this work item. */
  int first(int n) {
    return contiguous == 1 ? share(n) * getGlobalId() : getGlobalId();
  }

  /** Where this work item's pieces end. */
  int last(int n) {
    int end = share(n) * (getGlobalId() + 1);
    return contiguous == 1 ? min(n, end) : n;
  }

  /** From one piece of this work item to the next. */
  int stride() {
    return contiguous == 1 ? 1 : getGlobalSize();
  }

  /** Elements of a piece where a run of so many belongs together: one where transfers coalesce. */
  int piece(int run) {
    return contiguous == 1 ? run : 1;
  }

  /** Elements of a piece of n that have nothing in common. */
  int evenPiece(int n) {
    int vectors = (n + LANES - 1) / LANES;
    return contiguous == 1 ? share(vectors) * LANES : 1;
  }

  private int share(int n) {
    return (n + getGlobalSize() - 1) / getGlobalSize();
  }

  void transfer(int opcode) {
    if (opcode == Opcode.COPY_IN_SMALL || opcode == Opcode.COPY_IN_LARGE) {
      copyIn(opcode);
    }
    if (opcode == Opcode.COPY_OUT_SMALL || opcode == Opcode.COPY_OUT_LARGE) {
      copyOut(opcode);
    }
    if (getGlobalId() == 0) {
      if (opcode == Opcode.MARK) {
        arena[0] = mark;
      }
      if (opcode == Opcode.COPY_OUT_SMALL) {
        small[0] = arena[0];
      }
      if (opcode == Opcode.COPY_OUT_LARGE) {
        large[0] = arena[0];
      }
    }
  }

  private void copyIn(int opcode) {
    int end = last(transferCount);
    int step = stride();
    for (int i = first(transferCount); i < end; i += step) {
      if (opcode == Opcode.COPY_IN_SMALL) {
        arena[transferAt + i] = small[i];
      } else {
        arena[transferAt + i] = large[i];
      }
    }
  }

  private void copyOut(int opcode) {
    int end = last(transferCount);
    int step = stride();
    for (int i = first(transferCount); i < end; i += step) {
      if (opcode == Opcode.COPY_OUT_SMALL) {
        small[i + 1] = arena[transferAt + i];
      } else {
        large[i + 1] = arena[transferAt + i];
      }
    }
  }
}
