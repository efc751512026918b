package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.ChannelOperation.JoinChannels;
import dev.gengap.compute.ChannelOperation.SplitChannels;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.conformance.GradientCase.Differentiable;
import dev.gengap.compute.conformance.GradientCase.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Joining and splitting along the channels. */
public abstract class ChannelConformance extends OperationConformance {

  /** Parts of so many channels each; pixels is (height, width), or nothing for vectors. */
  @SuppressWarnings("ArrayRecordComponent") // never compared by equals
  private record Parts(int batch, int[] pixels, int... channels) {
    int[] part(int index) {
      return shape(channels[index]);
    }

    int[] whole() {
      return shape(Arrays.stream(channels).sum());
    }

    private int[] shape(int channelCount) {
      return IntStream.concat(IntStream.of(batch, channelCount), Arrays.stream(pixels)).toArray();
    }

    @Override
    public String toString() {
      return Arrays.toString(channels) + " to " + Arrays.toString(whole());
    }
  }

  private static Stream<Parts> all() {
    int[] vector = {};
    return Stream.of(
        new Parts(1, new int[] {1, 1}, 1),
        new Parts(3, new int[] {2, 3}, 4),
        new Parts(1, new int[] {3, 2}, 1, 1),
        new Parts(2, new int[] {1, 5}, 3, 1, 2),
        new Parts(3, new int[] {4, 4}, 5, 17, 8),
        new Parts(2, vector, 4),
        new Parts(3, vector, 1, 6),
        new Parts(5, vector, 2, 3, 1));
  }

  @Override
  Stream<GradientCase> gradientCases() {
    return all().map(parts -> joined(parts, 0));
  }

  @Override
  Stream<Case> valueCases() {
    return all()
        .flatMap(parts -> Stream.of(joined(parts, 0.9), joined(parts, 1), joined(parts, 0, 1)))
        .map(GradientCase::values);
  }

  /** The parts keep in turn what {@code keeps} say. */
  private static GradientCase joined(Parts parts, double... keeps) {
    return new GradientCase(
        "join " + parts + " keep " + Arrays.toString(keeps), f -> joined(f, parts, keeps));
  }

  private static Differentiable joined(Fixture f, Parts parts, double[] keeps) {
    List<Tensor> inputs = new ArrayList<>();
    List<Accumulator> gradients = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < parts.channels().length; i++) {
      Tensor input = f.batch("part " + i, parts.part(i));
      double keep = keeps[i % keeps.length];
      Accumulator gradient = f.batchGradient("gradient of part " + i, keep, parts.part(i));
      inputs.add(input);
      gradients.add(gradient);
      variables.add(new Variable("part " + i, input, gradient.tensor()));
    }
    Tensor whole = f.batch("whole", Contents.UNSET, parts.whole());
    Tensor wholeGradient = f.batch("gradient of the whole", parts.whole());
    return new Differentiable(
        List.of(new JoinChannels(inputs, whole)),
        whole,
        wholeGradient,
        List.of(new SplitChannels(wholeGradient, gradients)),
        variables);
  }
}
