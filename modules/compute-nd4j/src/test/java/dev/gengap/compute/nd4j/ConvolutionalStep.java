package dev.gengap.compute.nd4j;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.ChannelOperation.JoinChannels;
import dev.gengap.compute.ChannelOperation.SplitChannels;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.ConvolutionOperation.Gradients;
import dev.gengap.compute.NormalisationOperation.AffineGradients;
import dev.gengap.compute.NormalisationOperation.BatchNorm;
import dev.gengap.compute.NormalisationOperation.BatchNormBackward;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.LocalResponseNorm;
import dev.gengap.compute.NormalisationOperation.LocalResponseNormBackward;
import dev.gengap.compute.NormalisationOperation.Response;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.compute.Operation;
import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.PoolingOperation.MaxPool;
import dev.gengap.compute.PoolingOperation.MaxPoolBackward;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.Window;
import dev.gengap.compute.Workspace;
import java.util.List;
import java.util.Optional;

/**
 * A training step with every kind of operation that convolutional networks have: two convolutions
 * of one image (3×3, 1×1), batch norm, ReLU, joined, max pooled, response normed; and back.
 */
final class ConvolutionalStep {
  private static final int BATCH = 16;
  private static final int IN = 8;
  private static final int OUT = 12;
  private static final int SIDE = 14;

  private final Workspace workspace;
  private final Tensor input;
  private final Tensor inputGradient;
  private final Tensor weights;
  private final Tensor gradients;
  private final Tensor state;
  private final Operation forward;
  private final Operation backward;
  private final ParameterUpdate update;

  /** What is between the layers, and the gradients of that. */
  private record Tensors(Tensor wide, Tensor point, Tensor joined, Tensor pooled, Tensor normed) {}

  ConvolutionalStep(Workspace workspace) {
    this.workspace = workspace;
    input = activations(BATCH, IN, SIDE, SIDE);
    inputGradient = activations(BATCH, IN, SIDE, SIDE);
    weights = activations(4000);
    gradients = activations(4000);
    state = activations(4000);
    fill(input, 1);
    fill(weights, 2);
    Tensors values = tensors();
    Tensor raw = activations(BATCH, OUT, SIDE, SIDE);
    Tensors back = tensors();
    Saved saved = new Saved(activations(OUT), activations(OUT));
    forward = workspace.prepare(forward(values, raw, saved));
    backward = workspace.prepare(backward(values, back, raw, saved));
    UpdateRule rule = new UpdateRule.Sgd(0.9, false, 1e-4);
    update = workspace.prepareUpdate(rule, weights, gradients, List.of(state));
  }

  /** Number of operations of a step. */
  static int operations() {
    return 16;
  }

  void run() {
    forward.run();
    backward.run();
    update.run(1e-3, 1);
  }

  /** The weights as they are. */
  float[] weights() {
    float[] values = new float[weights.size()];
    weights.read(values, values.length);
    return values;
  }

  private List<TensorOperation> forward(Tensors values, Tensor raw, Saved saved) {
    return List.of(
        new Convolve(input, wide(weights), Optional.empty(), Window.square(3, 1, 1), raw),
        new BatchNorm(raw, statistics(), 0.1, 1e-5, saved, values.wide()),
        Activate.inPlace(new Activation.Relu(), values.wide()),
        new Convolve(
            input, point(weights), Optional.of(bias(weights)), pointwise(), values.point()),
        new JoinChannels(List.of(values.wide(), values.point()), values.joined()),
        new MaxPool(values.joined(), Window.square(3, 2, 1), values.pooled()),
        new LocalResponseNorm(values.pooled(), response(), values.normed()));
  }

  /** The gradient of Σ outputs²/2. */
  private List<TensorOperation> backward(Tensors values, Tensors back, Tensor raw, Saved saved) {
    return List.of(
        new LocalResponseNormBackward(
            values.pooled(),
            values.normed(),
            response(),
            values.normed(),
            Accumulator.replacing(back.pooled())),
        new MaxPoolBackward(
            values.joined(),
            values.pooled(),
            Window.square(3, 2, 1),
            back.pooled(),
            Accumulator.replacing(back.joined())),
        new SplitChannels(
            back.joined(),
            List.of(Accumulator.replacing(back.wide()), Accumulator.replacing(back.point()))),
        new ConvolveBackward(
            input,
            point(weights),
            pointwise(),
            back.point(),
            new Gradients(
                Accumulator.replacing(point(gradients)),
                Optional.of(Accumulator.replacing(bias(gradients))),
                Optional.of(Accumulator.replacing(inputGradient)))),
        ActivateBackward.inPlace(new Activation.Relu(), values.wide(), back.wide()),
        new BatchNormBackward(
            raw,
            scale(weights),
            saved,
            back.wide(),
            new AffineGradients(
                Accumulator.replacing(scale(gradients)), Accumulator.replacing(shift(gradients))),
            Optional.of(Accumulator.replacing(back.wide()))),
        new ConvolveBackward(
            input,
            wide(weights),
            Window.square(3, 1, 1),
            back.wide(),
            new Gradients(
                new Accumulator(wide(gradients), 0.5),
                Optional.empty(),
                Optional.of(Accumulator.adding(inputGradient)))));
  }

  private BatchStatistics statistics() {
    return new BatchStatistics(scale(weights), shift(weights), activations(OUT), activations(OUT));
  }

  private static Response response() {
    return new Response(5, 0.001, 0.75, 1);
  }

  private static Window pointwise() {
    return Window.square(1, 1, 0);
  }

  private static Tensor wide(Tensor all) {
    return all.view(0, OUT, IN, 3, 3);
  }

  private static Tensor point(Tensor all) {
    return all.view(1000, OUT, IN, 1, 1);
  }

  private static Tensor bias(Tensor all) {
    return all.view(2000, OUT);
  }

  private static Tensor scale(Tensor all) {
    return all.view(2016, OUT);
  }

  private static Tensor shift(Tensor all) {
    return all.view(2032, OUT);
  }

  private Tensors tensors() {
    int half = SIDE / 2;
    return new Tensors(
        activations(BATCH, OUT, SIDE, SIDE),
        activations(BATCH, OUT, SIDE, SIDE),
        activations(BATCH, 2 * OUT, SIDE, SIDE),
        activations(BATCH, 2 * OUT, half, half),
        activations(BATCH, 2 * OUT, half, half));
  }

  private Tensor activations(int... shape) {
    return workspace.allocate(TensorRole.ACTIVATIONS, shape);
  }

  private static void fill(Tensor tensor, int seed) {
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(seed + 1.7 * i + i % 7);
    }
    tensor.write(values, values.length);
  }
}
