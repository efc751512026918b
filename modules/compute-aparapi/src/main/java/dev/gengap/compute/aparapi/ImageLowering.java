package dev.gengap.compute.aparapi;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.ConvolutionOperation;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.PoolingOperation;
import dev.gengap.compute.PoolingOperation.AveragePool;
import dev.gengap.compute.PoolingOperation.AveragePoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPool;
import dev.gengap.compute.PoolingOperation.MaxPoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPoolTangent;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The passes of convolutions and pooling. A convolution unfolds some images of the batch at a time
 * into a matrix of what each output sees, (channel·kernel, image·output), which is multiplied by
 * the weights.
 */
final class ImageLowering {
  private final Memory memory;

  ImageLowering(Memory memory) {
    this.memory = memory;
  }

  List<Instruction> lower(ConvolutionOperation operation) {
    return operation instanceof Convolve convolve
        ? forward(convolve)
        : backward((ConvolveBackward) operation);
  }

  private List<Instruction> forward(Convolve convolve) {
    Geometry geometry = Geometry.of(convolve.input(), convolve.output(), convolve.window());
    int depth = geometry.depth();
    int pixels = geometry.outPixels();
    int channels = convolve.output().shape().get(1);
    int atATime = memory.imagesAtATime(geometry.batch(), depth * pixels);
    int columns = memory.scratch(depth * pixels * atATime);
    List<Instruction> passes = new ArrayList<>();
    for (int image = 0; image < geometry.batch(); image += atATime) {
      int images = Math.min(atATime, geometry.batch() - image);
      int width = images * pixels;
      passes.add(
          unfold(
              memory.at(convolve.input()) + image * geometry.inElements(),
              columns,
              geometry,
              images));
      MatmulInstruction product =
          new MatmulInstruction(channels, width, depth)
              .left(memory.at(convolve.weight()), depth, 1)
              .right(columns, width, 1)
              .intoImages(
                  memory.at(convolve.output()) + image * channels * pixels,
                  pixels,
                  channels * pixels,
                  pixels);
      convolve.bias().ifPresent(bias -> product.rowBias(memory.at(bias)));
      passes.add(product.build());
    }
    return passes;
  }

  private List<Instruction> backward(ConvolveBackward backward) {
    Tensor outputGradient = backward.outputGradient();
    Geometry geometry = Geometry.of(backward.input(), outputGradient, backward.window());
    int channels = outputGradient.shape().get(1);
    int pixels = geometry.outPixels();
    List<Instruction> passes = new ArrayList<>();
    backward
        .gradients()
        .bias()
        .ifPresent(bias -> passes.addAll(channelSums(outputGradient, channels, bias)));
    int atATime = memory.imagesAtATime(geometry.batch(), geometry.depth() * pixels);
    int most = atATime * pixels;
    int columns = memory.scratch((geometry.depth() + channels) * most);
    Chunk chunk = new Chunk(backward, geometry, columns, columns + geometry.depth() * most);
    for (int image = 0; image < geometry.batch(); image += atATime) {
      passes.addAll(chunk.passes(image, Math.min(atATime, geometry.batch() - image)));
    }
    return passes;
  }

  /** Some images of a backward convolution. */
  private final class Chunk {
    private final ConvolveBackward backward;
    private final Geometry geometry;
    private final int columns;
    private final int gradients;
    private final int channels;

    Chunk(ConvolveBackward backward, Geometry geometry, int columns, int gradients) {
      this.backward = backward;
      this.geometry = geometry;
      this.columns = columns;
      this.gradients = gradients;
      this.channels = backward.outputGradient().shape().get(1);
    }

    List<Instruction> passes(int image, int images) {
      int pixels = geometry.outPixels();
      int depth = geometry.depth();
      int width = images * pixels;
      List<Instruction> passes = new ArrayList<>();
      passes.add(
          Instruction.of(
              Opcode.CHANNELS_FIRST,
              memory.at(backward.outputGradient()) + image * channels * pixels,
              gradients,
              images,
              channels,
              pixels));
      passes.add(
          unfold(
              memory.at(backward.input()) + image * geometry.inElements(),
              columns,
              geometry,
              images));
      Accumulator weight = backward.gradients().weight();
      passes.add(
          new MatmulInstruction(channels, depth, width)
              .left(gradients, width, 1)
              .right(columns, 1, width)
              .into(memory.at(weight.tensor()), image == 0 ? weight.keep() : 1)
              .build());
      backward
          .gradients()
          .input()
          .ifPresent(
              input -> {
                passes.add(
                    new MatmulInstruction(depth, width, channels)
                        .left(memory.at(backward.weight()), 1, depth)
                        .right(gradients, width, 1)
                        .into(columns, 0)
                        .build());
                int into = memory.at(input.tensor()) + image * geometry.inElements();
                passes.add(
                    geometry.instruction(Opcode.FOLD, columns, into, images).with(input.keep()));
              });
      return passes;
    }
  }

  Instruction lower(PoolingOperation operation) {
    if (operation instanceof MaxPool pool) {
      return pool(Opcode.MAX_POOL, pool.input(), pool.output(), pool.window());
    }
    if (operation instanceof AveragePool pool) {
      return pool(Opcode.AVERAGE_POOL, pool.input(), pool.output(), pool.window());
    }
    if (operation instanceof MaxPoolBackward backward) {
      return Geometry.of(backward.input(), backward.output(), backward.window())
          .instruction(
              Opcode.MAX_POOL_BACKWARD,
              memory.at(backward.outputGradient()),
              memory.at(backward.inputGradient().tensor()),
              backward.input().rows(),
              memory.at(backward.input()))
          .with(backward.inputGradient().keep());
    }
    if (operation instanceof MaxPoolTangent pool) {
      return Geometry.of(pool.input(), pool.outputTangent(), pool.window())
          .instruction(
              Opcode.MAX_POOL_TANGENT,
              memory.at(pool.input()),
              memory.at(pool.outputTangent()),
              pool.input().rows(),
              memory.at(pool.inputTangent()));
    }
    AveragePoolBackward backward = (AveragePoolBackward) operation;
    Tensor into = backward.inputGradient().tensor();
    return Geometry.of(into, backward.outputGradient(), backward.window())
        .instruction(
            Opcode.AVERAGE_POOL_BACKWARD,
            memory.at(backward.outputGradient()),
            memory.at(into),
            into.rows())
        .with(backward.inputGradient().keep());
  }

  private Instruction pool(int opcode, Tensor input, Tensor output, Window window) {
    return Geometry.of(input, output, window)
        .instruction(opcode, memory.at(input), memory.at(output), input.rows());
  }

  private static Instruction unfold(int input, int columns, Geometry geometry, int images) {
    return geometry.instruction(Opcode.UNFOLD, input, columns, images);
  }

  private List<Instruction> channelSums(Tensor gradient, int channels, Accumulator into) {
    int pixels = gradient.columns() / channels;
    int sums = memory.scratch(gradient.rows() * channels);
    return List.of(
        Instruction.of(
            Opcode.PLANE_SUMS, memory.at(gradient), sums, gradient.rows(), channels, pixels),
        Instruction.of(
                Opcode.CHANNEL_SUMS,
                sums,
                memory.at(into.tensor()),
                gradient.rows(),
                channels,
                pixels)
            .with(into.keep()));
  }
}
