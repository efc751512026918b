package dev.gengap.compute.aparapi;

import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.UpdateRule;
import java.util.List;

/** A step of an optimiser: one pass, whose numbers 0 is the learning rate. */
final class Update {
  private final DeviceArena arena;
  private final int instruction;

  Update(DeviceArena arena, Instruction instruction) {
    this.arena = arena;
    this.instruction = arena.program(List.of(instruction));
  }

  void run(double learningRate) {
    arena.setNumber(instruction, 0, learningRate);
    arena.run(instruction, 1);
  }

  /** Of {@code rule}. */
  static ParameterUpdate of(
      Memory memory, UpdateRule rule, Tensor weights, Tensor gradient, List<Tensor> state) {
    if (state.size() != rule.stateVectors()) {
      throw new IllegalArgumentException(
          "state: " + state.size() + " (expected: " + rule.stateVectors() + ")");
    }
    int[] integers = new int[6];
    integers[1] = memory.at(weights);
    integers[2] = memory.sameSize("gradient", gradient, weights);
    for (int i = 0; i < state.size(); i++) {
      integers[3 + i] = memory.sameSize("state", state.get(i), weights);
    }
    integers[5] = weights.size();
    if (rule instanceof UpdateRule.Sgd sgd) {
      integers[0] = Opcode.SGD;
      return constant(
          new Update(
              memory.arena(),
              Instruction.of(integers)
                  .with(0, sgd.weightDecay(), sgd.momentum(), sgd.nesterov() ? 1 : 0)));
    }
    if (rule instanceof UpdateRule.RmsProp rms) {
      integers[0] = Opcode.RMS_PROP;
      double fresh = 1 - rms.alpha();
      return constant(
          new Update(
              memory.arena(),
              Instruction.of(integers)
                  .with(0, rms.weightDecay(), rms.alpha(), fresh, rms.epsilon(), rms.momentum())));
    }
    integers[0] = Opcode.ADAM;
    return of(memory.arena(), (UpdateRule.Adam) rule, integers);
  }

  /** Whose numbers do not depend on the step. */
  private static ParameterUpdate constant(Update update) {
    return (learningRate, step) -> update.run(learningRate);
  }

  private static ParameterUpdate of(DeviceArena arena, UpdateRule.Adam adam, int[] integers) {
    double coupled = adam.decoupled() ? 0 : adam.weightDecay();
    Update update =
        new Update(
            arena,
            Instruction.of(integers)
                .with(
                    0,
                    coupled,
                    0,
                    adam.beta1(),
                    1 - adam.beta1(),
                    adam.beta2(),
                    1 - adam.beta2(),
                    adam.epsilon(),
                    1,
                    1));
    return (learningRate, step) -> {
      double shrink = adam.decoupled() ? learningRate * adam.weightDecay() : 0;
      arena.setNumber(update.instruction, 2, shrink);
      arena.setNumber(update.instruction, 8, 1 / (1 - StrictMath.pow(adam.beta1(), (double) step)));
      double correction = 1 - StrictMath.pow(adam.beta2(), (double) step);
      arena.setNumber(update.instruction, 9, 1 / Math.sqrt(correction));
      update.run(learningRate);
    };
  }
}
