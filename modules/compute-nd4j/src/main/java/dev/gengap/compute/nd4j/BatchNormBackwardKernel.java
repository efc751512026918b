package dev.gengap.compute.nd4j;

import dev.gengap.compute.nd4j.Planes.Group;
import java.util.Optional;

/**
 * The gradient of batch norm, by groups of channels: with the centred input d = x − μ and the saved
 * r = 1/√(variance + ε), over the M numbers of a channel, ∂β = Σ∂y, ∂γ = r·Σ∂y·d, and ∂x = γr·(∂y −
 * ∂β/M − d·r·∂γ/M). With a ReLU's output, ∂y is first set to 0 where that is not positive.
 */
final class BatchNormBackwardKernel implements HostKernel {
  private final Planes planes;
  private final Source source;
  private final Optional<Nd4jTensor> reluOutput;
  private final AccumulatingTensor scaleGradient;
  private final AccumulatingTensor shiftGradient;
  private final Optional<AccumulatingTensor> inputGradient;

  /** What the gradient is computed from. */
  record Source(
      Nd4jTensor input,
      Nd4jTensor scale,
      Nd4jTensor mean,
      Nd4jTensor inverseDeviation,
      Nd4jTensor outputGradient) {}

  BatchNormBackwardKernel(
      Source source,
      Optional<Nd4jTensor> reluOutput,
      AccumulatingTensor scaleGradient,
      AccumulatingTensor shiftGradient,
      Optional<AccumulatingTensor> inputGradient) {
    this.planes = Planes.of(source.input());
    this.source = source;
    this.reluOutput = reluOutput;
    this.scaleGradient = scaleGradient;
    this.shiftGradient = shiftGradient;
    this.inputGradient = inputGradient;
  }

  @Override
  public int items() {
    return planes.groups();
  }

  @Override
  public long work() {
    return 2L * planes.size();
  }

  @Override
  public ScratchSize scratch() {
    return new ScratchSize(8, planes.groupLanes());
  }

  @Override
  public void run(int item, Scratch scratch) {
    Group group = planes.group(item);
    int lanes = (group.to() - group.from()) * planes.area();
    Row mean = scratch.row(4);
    for (int c = group.from(); c < group.to(); c++) {
      int lane = (c - group.from()) * planes.area();
      mean.fill(lane, lane + planes.area(), source.mean().get(c));
    }
    sum(group, scratch, lanes);
    for (int c = group.from(); c < group.to(); c++) {
      finishChannel(c, (c - group.from()) * planes.area(), scratch);
    }
    if (inputGradient.isPresent()) {
      propagate(inputGradient.get(), group, scratch, lanes);
    }
  }

  /** Σ∂y and Σ∂y·d, lane by lane. */
  private void sum(Group group, Scratch scratch, int lanes) {
    Row dy = scratch.row(0);
    Row x = scratch.row(1);
    Row sums = scratch.row(2);
    Row products = scratch.row(3);
    Row mean = scratch.row(4);
    sums.fill(0, lanes, 0);
    products.fill(0, lanes, 0);
    for (int n = 0; n < planes.batch(); n++) {
      int at = planes.at(n, group.from());
      dy.load(source.outputGradient(), at, lanes);
      if (reluOutput.isPresent()) {
        x.load(reluOutput.get(), at, lanes);
        dy.rectifyWhere(x, lanes);
        dy.store(source.outputGradient(), at, lanes);
      }
      x.load(source.input(), at, lanes);
      x.subtract(mean, lanes);
      sums.add(dy, lanes);
      products.addProduct(dy, x, lanes);
    }
  }

  private void finishChannel(int c, int lane, Scratch scratch) {
    int end = lane + planes.area();
    double inverse = source.inverseDeviation().get(c);
    double factor = source.scale().get(c) * inverse;
    double shift = scratch.row(2).sum(lane, end);
    double scale = inverse * scratch.row(3).sum(lane, end);
    shiftGradient.accumulate(c, shift);
    scaleGradient.accumulate(c, scale);
    scratch.row(5).fill(lane, end, factor);
    scratch.row(6).fill(lane, end, -factor * inverse * scale / planes.perChannel());
    scratch.row(7).fill(lane, end, -factor * shift / planes.perChannel());
  }

  private void propagate(AccumulatingTensor into, Group group, Scratch scratch, int lanes) {
    Row dy = scratch.row(0);
    Row x = scratch.row(1);
    Row mean = scratch.row(4);
    for (int n = 0; n < planes.batch(); n++) {
      int at = planes.at(n, group.from());
      dy.load(source.outputGradient(), at, lanes);
      x.load(source.input(), at, lanes);
      x.subtract(mean, lanes);
      dy.combine(scratch.row(5), x, scratch.row(6), scratch.row(7), lanes);
      into.accumulate(at, dy, x, lanes);
    }
  }
}
