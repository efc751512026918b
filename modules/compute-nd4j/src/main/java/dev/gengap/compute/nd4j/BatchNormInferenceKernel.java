package dev.gengap.compute.nd4j;

import dev.gengap.compute.nd4j.Planes.Group;

/** Batch norm in evaluation, by groups of channels, with an optional ReLU behind it. */
final class BatchNormInferenceKernel implements HostKernel {
  private final Planes planes;
  private final Nd4jTensor input;
  private final Statistics statistics;
  private final boolean relu;
  private final Nd4jTensor output;

  /** What an input is normalised by, each (channel). */
  record Statistics(
      Nd4jTensor scale, Nd4jTensor shift, Nd4jTensor mean, Nd4jTensor variance, double epsilon) {}

  BatchNormInferenceKernel(
      Nd4jTensor input, Statistics statistics, boolean relu, Nd4jTensor output) {
    this.planes = Planes.of(input);
    this.input = input;
    this.statistics = statistics;
    this.relu = relu;
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
    return new ScratchSize(4, planes.groupLanes());
  }

  @Override
  public void run(int item, Scratch scratch) {
    Group group = planes.group(item);
    int lanes = (group.to() - group.from()) * planes.area();
    Row x = scratch.row(0);
    Row mean = scratch.row(1);
    Row scale = scratch.row(2);
    Row shift = scratch.row(3);
    for (int c = group.from(); c < group.to(); c++) {
      int lane = (c - group.from()) * planes.area();
      int end = lane + planes.area();
      mean.fill(lane, end, statistics.mean().get(c));
      double deviation = Math.sqrt(statistics.variance().get(c) + statistics.epsilon());
      scale.fill(lane, end, statistics.scale().get(c) / deviation);
      shift.fill(lane, end, statistics.shift().get(c));
    }
    for (int n = 0; n < planes.batch(); n++) {
      int at = planes.at(n, group.from());
      x.load(input, at, lanes);
      x.normalise(mean, scale, shift, lanes);
      if (relu) {
        x.rectify(lanes);
      }
      x.store(output, at, lanes);
    }
  }
}
