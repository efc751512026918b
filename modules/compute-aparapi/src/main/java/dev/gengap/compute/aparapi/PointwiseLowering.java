package dev.gengap.compute.aparapi;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.ChannelOperation;
import dev.gengap.compute.ChannelOperation.JoinChannels;
import dev.gengap.compute.ChannelOperation.SplitChannels;
import dev.gengap.compute.PointwiseOperation;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.PointwiseOperation.Multiply;
import dev.gengap.compute.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The passes of operations on each element alone, and of copies. */
final class PointwiseLowering {
  private final Memory memory;

  PointwiseLowering(Memory memory) {
    this.memory = memory;
  }

  List<Instruction> lower(PointwiseOperation operation) {
    if (operation instanceof Activate activate) {
      return List.of(
          Instruction.of(
                  isRelu(activate.activation()) ? Opcode.RELU : Opcode.ACTIVATE,
                  kind(activate.activation()),
                  memory.at(activate.input()),
                  memory.at(activate.output()),
                  activate.output().size())
              .with(slope(activate.activation())));
    }
    if (operation instanceof ActivateBackward backward) {
      return List.of(
          Instruction.of(
                  isRelu(backward.activation()) ? Opcode.RELU_BACKWARD : Opcode.ACTIVATE_BACKWARD,
                  kind(backward.activation()),
                  memory.at(backward.gradient()),
                  backward.gradient().size(),
                  memory.at(backward.input()),
                  memory.at(backward.output()))
              .with(slope(backward.activation())));
    }
    if (operation instanceof Multiply multiply) {
      return List.of(
          Instruction.of(
              Opcode.MULTIPLY,
              memory.at(multiply.values()),
              memory.at(multiply.factors()),
              multiply.values().size()));
    }
    Accumulate accumulate = (Accumulate) operation;
    return List.of(
        Instruction.of(
                Opcode.ACCUMULATE,
                memory.at(accumulate.source()),
                memory.at(accumulate.into().tensor()),
                accumulate.source().size())
            .with(accumulate.into().keep()));
  }

  List<Instruction> lower(ChannelOperation operation) {
    List<Instruction> copies = new ArrayList<>();
    if (operation instanceof JoinChannels join) {
      int into = memory.at(join.whole());
      for (Tensor part : join.parts()) {
        copies.add(
            Instruction.of(
                    Opcode.COPY_BLOCKS,
                    memory.at(part),
                    into,
                    part.rows(),
                    part.columns(),
                    part.columns(),
                    join.whole().columns())
                .with(0));
        into += part.columns();
      }
      return copies;
    }
    SplitChannels split = (SplitChannels) operation;
    int from = memory.at(split.whole());
    for (Accumulator into : split.parts()) {
      Tensor part = into.tensor();
      copies.add(
          Instruction.of(
                  Opcode.COPY_BLOCKS,
                  from,
                  memory.at(part),
                  part.rows(),
                  part.columns(),
                  split.whole().columns(),
                  part.columns())
              .with(into.keep()));
      from += part.columns();
    }
    return copies;
  }

  private static boolean isRelu(Activation activation) {
    return activation instanceof Activation.Relu;
  }

  private static int kind(Activation activation) {
    if (activation instanceof Activation.LeakyRelu) {
      return PointwiseKernel.LEAKY_RELU;
    }
    return activation instanceof Activation.Tanh ? PointwiseKernel.TANH : PointwiseKernel.GELU;
  }

  private static double slope(Activation activation) {
    return activation instanceof Activation.LeakyRelu leaky ? leaky.slope() : 0;
  }
}
