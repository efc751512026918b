package dev.gengap.compute.aparapi;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
import java.util.List;

/** The sizes of a convolution or pooling, as {@link ImageKernel} reads them. */
record Geometry(List<Integer> input, List<Integer> output, Window window) {

  static Geometry of(Tensor input, Tensor output, Window window) {
    return new Geometry(input.shape(), output.shape(), window);
  }

  int batch() {
    return input.get(0);
  }

  /** Elements of one input. */
  int inElements() {
    return input.get(1) * input.get(2) * input.get(3);
  }

  int outPixels() {
    return output.get(2) * output.get(3);
  }

  /** Elements that one output of a convolution sees. */
  int depth() {
    return input.get(1) * window.kernelHeight() * window.kernelWidth();
  }

  Instruction instruction(int opcode, int from, int into, int images) {
    return instruction(opcode, from, into, images, 0);
  }

  Instruction instruction(int opcode, int from, int into, int images, int also) {
    return Instruction.of(
        opcode,
        from,
        into,
        images,
        input.get(1),
        input.get(2),
        input.get(3),
        window.kernelHeight(),
        window.kernelWidth(),
        window.strideHeight(),
        window.strideWidth(),
        window.padding().top(),
        window.padding().left(),
        output.get(2),
        output.get(3),
        also);
  }
}
