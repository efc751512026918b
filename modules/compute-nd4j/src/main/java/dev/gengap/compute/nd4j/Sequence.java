package dev.gengap.compute.nd4j;

import dev.gengap.compute.Operation;
import java.util.List;

/** Operations one after the other. */
final class Sequence implements Operation {
  private final Operation[] steps;

  private Sequence(Operation[] steps) {
    this.steps = steps;
  }

  static Operation of(List<Operation> steps) {
    return steps.size() == 1 ? steps.get(0) : new Sequence(steps.toArray(Operation[]::new));
  }

  @Override
  public void run() {
    for (Operation step : steps) {
      step.run();
    }
  }
}
