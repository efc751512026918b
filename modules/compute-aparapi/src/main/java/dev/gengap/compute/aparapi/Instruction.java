package dev.gengap.compute.aparapi;

/** One pass of the kernel: an opcode with what its kernel method reads. */
final class Instruction {
  private final int[] integers;
  private final float[] numbers;

  private Instruction(int[] integers, float[] numbers) {
    this.integers = integers;
    this.numbers = numbers;
  }

  /**
   * @param integers the opcode first; at most {@link ArenaKernel#INTEGERS}
   */
  static Instruction of(int... integers) {
    return new Instruction(integers.clone(), new float[0]);
  }

  /** The same with numbers, at most {@link ArenaKernel#NUMBERS}, rounded to float. */
  Instruction with(double... values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return new Instruction(integers, rounded);
  }

  /** Copies it into a program, at the given places. */
  void copyTo(int[] intoIntegers, int integersAt, float[] intoNumbers, int numbersAt) {
    System.arraycopy(integers, 0, intoIntegers, integersAt, integers.length);
    System.arraycopy(numbers, 0, intoNumbers, numbersAt, numbers.length);
  }
}
