package dev.gengap.compute.aparapi;

import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.Operation;
import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.Precision;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.Workspace;
import java.util.Arrays;
import java.util.List;

/** Tensors in one arena, and programs of passes over it. */
final class AparapiWorkspace implements Workspace {
  private final DeviceArena arena;
  private final Memory memory;
  private final Lowering lowering;

  AparapiWorkspace(OpenClDevice device) {
    this.arena = new DeviceArena(device);
    this.memory = new Memory(arena, device.unfoldedElements());
    this.lowering = new Lowering(memory);
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public Tensor allocate(TensorRole role, int... shape) {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (shape.length == 0 || Arrays.stream(shape).anyMatch(s -> s < 1)) {
      throw new IllegalArgumentException(
          "shape: " + Arrays.toString(shape) + " (expected: sizes > 0)");
    }
    if (role == TensorRole.INPUT || role == TensorRole.READ_OUT) {
      arena.expectTransfers(size);
    }
    return new AparapiTensor(arena, arena.allocate(size), shape);
  }

  @Override
  public Operation prepare(List<TensorOperation> operations) {
    List<Instruction> instructions = lowering.lower(operations);
    int start = arena.program(instructions);
    int count = instructions.size();
    return () -> arena.run(start, count);
  }

  @Override
  public CrossEntropy prepareCrossEntropy(Tensor logits, Tensor gradient) {
    arena.requireOpen();
    return new DeviceCrossEntropy(memory, memory.own(logits), memory.own(gradient));
  }

  @Override
  public SgdUpdate prepareSgdUpdate(Tensor weights, Tensor velocity, double weightDecay) {
    Update update =
        new Update(
            arena,
            Instruction.of(
                    Opcode.DECAYED_VELOCITY,
                    memory.at(weights),
                    memory.sameSize("velocity", velocity, weights),
                    0,
                    0,
                    weights.size())
                .with(0, weightDecay));
    return update::run;
  }

  @Override
  public ParameterUpdate prepareUpdate(
      UpdateRule rule, Tensor weights, Tensor gradient, List<Tensor> state) {
    return Update.of(memory, rule, weights, gradient, state);
  }

  @Override
  public void close() {
    arena.close();
  }
}
