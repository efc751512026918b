package dev.gengap.compute.nd4j;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.ConvolutionOperation;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.ConvolutionOperation.Gradients;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Prepares convolutions: oneDNN's through ND4J in float32; as products of matrices in float64,
 * which oneDNN does not know, and where they are such products, or nearly.
 */
record ConvolutionPreparer(Nd4jWorkspace workspace) {
  /** Up to this many input channels oneDNN wastes most of its vectors. */
  private static final int FEW_CHANNELS = 4;

  private static final int NCHW = 0;
  private static final int WEIGHTS_OUT_IN_HEIGHT_WIDTH = 1;

  Operation prepare(ConvolutionOperation operation) {
    if (operation instanceof Convolve convolve) {
      return asProduct(convolve.input(), convolve.window()) ? products(convolve) : launch(convolve);
    }
    ConvolveBackward backward = (ConvolveBackward) operation;
    return asProduct(backward) ? products(backward) : launch(backward);
  }

  /** How much scratch memory it takes. */
  int scratchSize(ConvolveBackward backward) {
    if (!asProduct(backward)) {
      return launchScratch(backward);
    }
    ConvolutionShape shape =
        ConvolutionShape.of(backward.input(), backward.weight(), backward.window());
    int groups = WeightGradientKernel.groups(shape);
    return ScratchMemory.aligned(groups * shape.out() * shape.patch())
        + ScratchMemory.aligned(groups * shape.out());
  }

  private boolean asProduct(Tensor input, Window window) {
    return isDouble() || window.isPointwise() || input.shape().get(1) <= FEW_CHANNELS;
  }

  private boolean asProduct(ConvolveBackward backward) {
    return asProduct(backward.input(), backward.window())
        && (isDouble()
            || backward.window().isPointwise()
            || backward.gradients().input().isEmpty());
  }

  private boolean isDouble() {
    return workspace.precision() == Precision.FLOAT64;
  }

  private Operation launch(Convolve convolve) {
    List<Nd4jTensor> inputs = new ArrayList<>();
    inputs.add(workspace.own(convolve.input()));
    inputs.add(workspace.own(convolve.weight()));
    convolve.bias().ifPresent(bias -> inputs.add(workspace.own(bias)));
    return CustomOperation.named("conv2d")
        .inputs(inputs.toArray(Nd4jTensor[]::new))
        .integers(arguments(convolve.window(), convolve.input()))
        .outputs(workspace.own(convolve.output()))
        .in(workspace);
  }

  private Operation launch(ConvolveBackward backward) {
    Gradients gradients = backward.gradients();
    GradientTargets targets = new GradientTargets(workspace, launchScratch(backward));
    List<Nd4jTensor> inputs = new ArrayList<>();
    inputs.add(workspace.own(backward.input()));
    inputs.add(workspace.own(backward.weight()));
    List<Nd4jTensor> outputs = new ArrayList<>();
    outputs.add(
        gradients.input().map(targets::receive).orElseGet(() -> targets.ignore(backward.input())));
    outputs.add(targets.receive(gradients.weight()));
    if (gradients.bias().isPresent()) {
      Nd4jTensor gradient = targets.receive(gradients.bias().get());
      // ND4J wants the bias itself as well, but never reads it.
      inputs.add(gradient);
      outputs.add(gradient);
    }
    inputs.add(workspace.own(backward.outputGradient()));
    return targets.after(
        CustomOperation.named("conv2d_bp")
            .inputs(inputs.toArray(Nd4jTensor[]::new))
            .integers(arguments(backward.window(), backward.input()))
            .outputs(outputs.toArray(Nd4jTensor[]::new))
            .in(workspace));
  }

  private static int launchScratch(ConvolveBackward backward) {
    Gradients gradients = backward.gradients();
    return GradientTargets.scratchSize(gradients.input(), backward.input())
        + GradientTargets.scratchSize(gradients.weight())
        + gradients.bias().map(GradientTargets::scratchSize).orElse(0);
  }

  private Operation products(Convolve convolve) {
    ConvolutionShape shape =
        ConvolutionShape.of(convolve.input(), convolve.weight(), convolve.window());
    return workspace.host(
        new ConvolveKernel(
            shape,
            patches(shape, convolve.input()),
            workspace.own(convolve.weight()),
            convolve.bias().map(workspace::own),
            workspace.own(convolve.output())));
  }

  private Operation products(ConvolveBackward backward) {
    ConvolutionShape shape =
        ConvolutionShape.of(backward.input(), backward.weight(), backward.window());
    Nd4jTensor outputGradient = workspace.own(backward.outputGradient());
    Gradients gradients = backward.gradients();
    ScratchMemory.Parts scratch = workspace.scratchMemory().take(scratchSize(backward));
    int groups = WeightGradientKernel.groups(shape);
    Nd4jTensor weightParts = scratch.next(groups, backward.weight().size());
    Optional<Nd4jTensor> biasParts = gradients.bias().map(b -> scratch.next(groups, shape.out()));
    List<Operation> steps = new ArrayList<>();
    steps.add(
        workspace.host(
            new WeightGradientKernel(
                shape, patches(shape, backward.input()), outputGradient, weightParts, biasParts)));
    steps.add(sum(weightParts, gradients.weight()));
    biasParts.ifPresent(parts -> steps.add(sum(parts, gradients.bias().orElseThrow())));
    gradients
        .input()
        .ifPresent(into -> steps.add(inputGradient(backward, shape, workspace.own(into))));
    return Sequence.of(steps);
  }

  private Operation inputGradient(
      ConvolveBackward backward, ConvolutionShape shape, AccumulatingTensor into) {
    Nd4jTensor weight = workspace.own(backward.weight());
    Nd4jTensor outputGradient = workspace.own(backward.outputGradient());
    return workspace.host(
        shape.window().isPointwise()
            ? new PointwiseInputGradientKernel(
                shape, weight, outputGradient, into, workspace.threads())
            : new InputGradientKernel(
                shape, patches(shape, backward.input()), weight, outputGradient, into));
  }

  /** Adds up the rows of {@code parts}, (group, element). */
  private Operation sum(Nd4jTensor parts, Accumulator accumulator) {
    AccumulatingTensor into = workspace.own(accumulator);
    int size = parts.columns();
    return workspace.host(
        new ElementKernel(
            size,
            2,
            (scratch, at, n) -> {
              Row sum = scratch.row(0);
              sum.load(parts, at, n);
              for (int group = 1; group < parts.rows(); group++) {
                scratch.row(1).load(parts, group * size + at, n);
                sum.add(scratch.row(1), n);
              }
              into.accumulate(at, sum, scratch.row(1), n);
            }));
  }

  private Patches[] patches(ConvolutionShape shape, Tensor input) {
    return IntStream.range(0, workspace.threads())
        .mapToObj(i -> new Patches(workspace, shape, workspace.own(input)))
        .toArray(Patches[]::new);
  }

  private static long[] arguments(Window window, Tensor image) {
    return WindowArguments.of(window, image, NCHW, WEIGHTS_OUT_IN_HEIGHT_WIDTH);
  }
}
