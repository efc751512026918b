package dev.gengap.compute.aparapi;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.NormalisationOperation;
import dev.gengap.compute.NormalisationOperation.BatchNorm;
import dev.gengap.compute.NormalisationOperation.BatchNormBackward;
import dev.gengap.compute.NormalisationOperation.BatchNormInference;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.LayerNorm;
import dev.gengap.compute.NormalisationOperation.LayerNormBackward;
import dev.gengap.compute.NormalisationOperation.LocalResponseNorm;
import dev.gengap.compute.NormalisationOperation.LocalResponseNormBackward;
import dev.gengap.compute.NormalisationOperation.Response;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.compute.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The passes of normalisations. */
final class NormalisationLowering {
  private final Memory memory;

  NormalisationLowering(Memory memory) {
    this.memory = memory;
  }

  List<Instruction> lower(NormalisationOperation operation) {
    if (operation instanceof BatchNorm norm) {
      return batchNorm(norm);
    }
    if (operation instanceof BatchNormInference norm) {
      BatchStatistics statistics = norm.statistics();
      Saved running = new Saved(statistics.runningMean(), statistics.runningVariance());
      return List.of(
          normalise(norm.input(), norm.output(), running, statistics, 1).with(norm.epsilon()));
    }
    if (operation instanceof BatchNormBackward backward) {
      return batchNormBackward(backward);
    }
    if (operation instanceof LayerNorm norm) {
      return List.of(
          Instruction.of(
                  Opcode.LAYER_NORM,
                  memory.at(norm.input()),
                  memory.at(norm.output()),
                  norm.input().rows(),
                  norm.input().columns(),
                  0,
                  memory.at(norm.saved().mean()),
                  memory.at(norm.saved().inverseDeviation()),
                  memory.at(norm.scale()),
                  memory.at(norm.shift()))
              .with(norm.epsilon()));
    }
    if (operation instanceof LayerNormBackward backward) {
      return layerNormBackward(backward);
    }
    if (operation instanceof LocalResponseNorm norm) {
      return List.of(
          response(Opcode.RESPONSE_NORM, norm.input(), memory.at(norm.output()), norm.response()));
    }
    return responseBackward((LocalResponseNormBackward) operation);
  }

  private List<Instruction> batchNorm(BatchNorm norm) {
    Tensor input = norm.input();
    BatchStatistics statistics = norm.statistics();
    int mean = memory.at(norm.saved().mean());
    int inverse = memory.at(norm.saved().inverseDeviation());
    int sums = memory.scratch(planes(input));
    return List.of(
        byPlane(Opcode.PLANE_SUMS, input, sums),
        byPlane(Opcode.BATCH_MEAN, input, sums, sums, mean),
        byPlane(Opcode.PLANE_SQUARES, input, memory.at(input), sums, mean),
        byPlane(
                Opcode.BATCH_VARIANCE,
                input,
                sums,
                0,
                mean,
                inverse,
                memory.at(statistics.runningMean()),
                memory.at(statistics.runningVariance()))
            .with(norm.momentum(), norm.epsilon()),
        normalise(input, norm.output(), norm.saved(), statistics, 0));
  }

  private Instruction normalise(
      Tensor input, Tensor output, Saved saved, BatchStatistics statistics, int isVariance) {
    return byPlane(
        Opcode.NORMALISE,
        input,
        memory.at(input),
        memory.at(output),
        memory.at(saved.mean()),
        memory.at(saved.inverseDeviation()),
        memory.at(statistics.scale()),
        memory.at(statistics.shift()),
        isVariance);
  }

  private List<Instruction> batchNormBackward(BatchNormBackward backward) {
    Tensor input = backward.input();
    int planes = planes(input);
    int channels = input.shape().get(1);
    int mean = memory.at(backward.saved().mean());
    int inverse = memory.at(backward.saved().inverseDeviation());
    int gradient = memory.at(backward.outputGradient());
    int sums = memory.scratch(2 * planes + 2 * channels);
    int totals = sums + 2 * planes;
    Accumulator shift = backward.affine().shift();
    Accumulator scale = backward.affine().scale();
    List<Instruction> passes = new ArrayList<>();
    passes.add(
        byPlane(Opcode.PLANE_PRODUCTS, input, memory.at(input), sums, mean, inverse, gradient));
    passes.add(total(input, sums, shift, totals));
    passes.add(total(input, sums + planes, scale, totals + channels));
    backward
        .inputGradient()
        .ifPresent(
            into ->
                passes.add(
                    byPlane(
                            Opcode.NORMALISE_BACKWARD,
                            input,
                            memory.at(input),
                            memory.at(into.tensor()),
                            mean,
                            inverse,
                            memory.at(backward.scale()),
                            gradient,
                            totals,
                            totals + channels)
                        .with(into.keep())));
    return passes;
  }

  private Instruction total(Tensor input, int sums, Accumulator into, int copy) {
    return byPlane(Opcode.CHANNEL_SUMS, input, sums, memory.at(into.tensor()), 0, 0, 0, copy)
        .with(into.keep());
  }

  private List<Instruction> layerNormBackward(LayerNormBackward backward) {
    Tensor input = backward.input();
    int mean = memory.at(backward.saved().mean());
    int inverse = memory.at(backward.saved().inverseDeviation());
    int gradient = memory.at(backward.outputGradient());
    Accumulator scale = backward.affine().scale();
    Accumulator shift = backward.affine().shift();
    List<Instruction> passes = new ArrayList<>();
    passes.add(
        Instruction.of(
                Opcode.LAYER_NORM_AFFINE,
                memory.at(input),
                gradient,
                input.rows(),
                input.columns(),
                0,
                mean,
                inverse,
                0,
                memory.at(scale.tensor()),
                memory.at(shift.tensor()))
            .with(scale.keep(), shift.keep()));
    backward
        .inputGradient()
        .ifPresent(
            into ->
                passes.add(
                    Instruction.of(
                            Opcode.LAYER_NORM_INPUT,
                            memory.at(input),
                            memory.at(into.tensor()),
                            input.rows(),
                            input.columns(),
                            0,
                            mean,
                            inverse,
                            memory.at(backward.scale()),
                            gradient)
                        .with(into.keep())));
    return passes;
  }

  private List<Instruction> responseBackward(LocalResponseNormBackward backward) {
    Tensor input = backward.input();
    int scratch = memory.scratch(2 * input.size());
    int output = memory.at(backward.output());
    int gradient = memory.at(backward.outputGradient());
    Accumulator into = backward.inputGradient();
    return List.of(
        response(Opcode.RESPONSE_SCALE, input, scratch, backward.response(), 0, output, gradient),
        response(
            Opcode.RESPONSE_NORM_BACKWARD,
            input,
            memory.at(into.tensor()),
            backward.response(),
            into.keep(),
            scratch,
            gradient));
  }

  private Instruction response(int opcode, Tensor input, int into, Response response) {
    return response(opcode, input, into, response, 0, 0, 0);
  }

  private Instruction response(
      int opcode, Tensor input, int into, Response response, double keep, int eight, int nine) {
    return byPlane(
            opcode,
            input,
            memory.at(input),
            into,
            response.size() / 2,
            (response.size() - 1) / 2,
            eight,
            nine)
        .with(keep, response.alpha() / response.size(), response.beta(), response.k());
  }

  private Instruction byPlane(int opcode, Tensor input, int sums) {
    return byPlane(opcode, input, memory.at(input), sums);
  }

  /** Integers 1, 2, then batch, channels and pixels of {@code input}, then the rest. */
  private static Instruction byPlane(int opcode, Tensor input, int... others) {
    int channels = input.shape().get(1);
    int[] integers = new int[4 + others.length];
    integers[0] = opcode;
    integers[1] = others[0];
    integers[2] = others[1];
    integers[3] = input.rows();
    integers[4] = channels;
    integers[5] = input.columns() / channels;
    System.arraycopy(others, 2, integers, 6, others.length - 2);
    return Instruction.of(integers);
  }

  private static int planes(Tensor input) {
    return input.rows() * input.shape().get(1);
  }
}
