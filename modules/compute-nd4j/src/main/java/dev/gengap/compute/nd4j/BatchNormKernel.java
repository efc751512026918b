package dev.gengap.compute.nd4j;

import dev.gengap.compute.nd4j.Planes.Group;

/**
 * Batch norm in training, by groups of channels, with an optional ReLU behind it. A group is read
 * three times (mean, variance, result), the last two times from cache.
 */
final class BatchNormKernel implements HostKernel {
  private final Planes planes;
  private final Nd4jTensor input;
  private final BatchNormTensors tensors;
  private final Constants constants;
  private final Nd4jTensor output;

  /**
   * What does not change.
   *
   * @param relu whether a ReLU follows
   */
  record Constants(double momentum, double epsilon, boolean relu) {}

  BatchNormKernel(
      Nd4jTensor input, BatchNormTensors tensors, Constants constants, Nd4jTensor output) {
    this.planes = Planes.of(input);
    this.input = input;
    this.tensors = tensors;
    this.constants = constants;
    this.output = output;
  }

  @Override
  public int items() {
    return planes.groups();
  }

  @Override
  public long work() {
    return planes.size();
  }

  @Override
  public ScratchSize scratch() {
    return new ScratchSize(5, planes.groupLanes());
  }

  @Override
  public void run(int item, Scratch scratch) {
    Group group = planes.group(item);
    int lanes = (group.to() - group.from()) * planes.area();
    Row x = scratch.row(0);
    Row sums = scratch.row(1);
    Row mean = scratch.row(2);
    sums.fill(0, lanes, 0);
    for (int n = 0; n < planes.batch(); n++) {
      x.load(input, planes.at(n, group.from()), lanes);
      sums.add(x, lanes);
    }
    for (int c = group.from(); c < group.to(); c++) {
      int lane = (c - group.from()) * planes.area();
      double channelMean = sums.sum(lane, lane + planes.area()) / planes.perChannel();
      mean.fill(lane, lane + planes.area(), channelMean);
      tensors.saveMean(c, channelMean, constants.momentum());
    }
    sums.fill(0, lanes, 0);
    for (int n = 0; n < planes.batch(); n++) {
      x.load(input, planes.at(n, group.from()), lanes);
      sums.addSquaredDifference(x, mean, lanes);
    }
    normalise(group, scratch, lanes);
  }

  private void normalise(Group group, Scratch scratch, int lanes) {
    Row x = scratch.row(0);
    Row squares = scratch.row(1);
    Row mean = scratch.row(2);
    Row scale = scratch.row(3);
    Row shift = scratch.row(4);
    for (int c = group.from(); c < group.to(); c++) {
      int lane = (c - group.from()) * planes.area();
      double sum = squares.sum(lane, lane + planes.area());
      double inverse = 1 / Math.sqrt(sum / planes.perChannel() + constants.epsilon());
      tensors.saveVariance(c, sum / Math.max(1, planes.perChannel() - 1), constants.momentum());
      tensors.inverseDeviation().set(c, inverse);
      scale.fill(lane, lane + planes.area(), tensors.scale().get(c) * inverse);
      shift.fill(lane, lane + planes.area(), tensors.shift().get(c));
    }
    for (int n = 0; n < planes.batch(); n++) {
      int at = planes.at(n, group.from());
      x.load(input, at, lanes);
      x.normalise(mean, scale, shift, lanes);
      if (constants.relu()) {
        x.rectify(lanes);
      }
      x.store(output, at, lanes);
    }
  }
}
