package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.ChannelOperation.JoinChannels;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.NormalisationOperation;
import dev.gengap.compute.NormalisationOperation.BatchNormInference;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.Response;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.Multiply;
import dev.gengap.compute.PoolingOperation.AveragePool;
import dev.gengap.compute.PoolingOperation.MaxPool;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.Concat;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.Gelu;
import dev.gengap.network.layer.LayerNorm;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.LeakyRelu;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.LocalResponseNorm;
import dev.gengap.network.layer.MaxPool2d;
import dev.gengap.network.layer.Relu;
import dev.gengap.network.layer.Tanh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The plainest way to run a network forward: every layer writes memory of its own. */
final class PlainNetwork {
  private final Workspace workspace;
  private final ParameterTensors weights;
  private final Optional<Long> dropoutSeed;
  private final int rows;
  private int dropouts;

  /** Runs {@code rows} examples; in training mode, at step 0, with a seed for its dropout. */
  PlainNetwork(
      Workspace workspace, ParameterTensors weights, Optional<Long> dropoutSeed, int rows) {
    this.workspace = workspace;
    this.weights = weights;
    this.dropoutSeed = dropoutSeed;
    this.rows = rows;
  }

  double[] logits(NetworkSpec spec, float[] inputs) {
    Tensor input = allocate(spec.input());
    input.write(inputs, input.size());
    double[] logits = new double[rows * spec.classes()];
    chain("", spec.layers(), input).read(logits, logits.length);
    return logits;
  }

  private Tensor chain(String prefix, List<LayerSpec> layers, Tensor input) {
    Tensor current = input;
    for (int i = 0; i < layers.size(); i++) {
      current = layer(prefix + i, layers.get(i), current);
    }
    return current;
  }

  private Tensor layer(String name, LayerSpec layer, Tensor x) {
    if (layer instanceof Flatten) {
      return x.view(0, rows, x.columns());
    }
    List<Tensor> parts = layer instanceof Branching paths ? paths(name, paths, x) : List.of();
    Tensor y = allocate(layer.outputShape(x.shape().subList(1, x.shape().size())));
    if (layer instanceof Dropout dropout) {
      dropout(dropout, x, y);
    } else if (layer instanceof Concat) {
      run(new JoinChannels(parts, y));
    } else if (layer instanceof Add) {
      parts.forEach(part -> run(new Accumulate(part, Accumulator.adding(y))));
    } else if (layer instanceof Linear linear) {
      linear(name, linear, x, y);
    } else {
      run(operation(name, layer, x, y));
    }
    return y;
  }

  private List<Tensor> paths(String name, Branching layer, Tensor input) {
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < layer.paths().size(); i++) {
      outputs.add(chain(name + "." + i + ".", layer.paths().get(i), input));
    }
    return outputs;
  }

  private void linear(String name, Linear layer, Tensor x, Tensor y) {
    run(new Matmul(Factor.of(x), Factor.transposed(weights.get(name + ".weight")), 0, y));
    if (layer.bias()) {
      run(new AddBias(y, weights.get(name + ".bias")));
    }
  }

  private void dropout(Dropout layer, Tensor x, Tensor y) {
    run(new Accumulate(x, Accumulator.replacing(y)));
    if (dropoutSeed.isPresent()) {
      CounterRandom random = CounterRandom.of(dropoutSeed.get(), RandomStream.DROPOUT);
      DropoutMask mask =
          new DropoutMask(
              workspace, new DropoutMask.Source(random, dropouts++), layer.p(), rows, x.columns());
      mask.draw(0, rows);
      run(new Multiply(y, mask.factors(rows)));
    }
  }

  private TensorOperation operation(String name, LayerSpec layer, Tensor x, Tensor y) {
    List<Integer> shape = x.shape().subList(1, x.shape().size());
    if (layer instanceof Conv2d convolution) {
      Optional<Tensor> bias =
          convolution.bias() ? Optional.of(weights.get(name + ".bias")) : Optional.empty();
      return new Convolve(x, weights.get(name + ".weight"), bias, convolution.window(shape), y);
    }
    if (layer instanceof MaxPool2d pool) {
      return new MaxPool(x, pool.window(shape), y);
    }
    if (layer instanceof AvgPool2d pool) {
      return new AveragePool(x, pool.window(shape), y);
    }
    if (layer instanceof LocalResponseNorm norm) {
      Response response = new Response(norm.size(), norm.alpha(), norm.beta(), norm.k());
      return new NormalisationOperation.LocalResponseNorm(x, response, y);
    }
    if (layer instanceof BatchNorm norm) {
      return batchNorm(name, norm, x, y);
    }
    if (layer instanceof LayerNorm norm) {
      return new NormalisationOperation.LayerNorm(
          x,
          weights.get(name + ".weight"),
          weights.get(name + ".bias"),
          norm.epsilon(),
          saved(rows),
          y);
    }
    return new Activate(activation(layer), x, y);
  }

  private TensorOperation batchNorm(String name, BatchNorm norm, Tensor x, Tensor y) {
    int channels = x.shape().get(1);
    Tensor scale = weights.get(name + ".weight");
    Tensor shift = weights.get(name + ".bias");
    if (dropoutSeed.isEmpty()) {
      return new BatchNormInference(
          x,
          new BatchStatistics(
              scale,
              shift,
              weights.get(name + ".running_mean"),
              weights.get(name + ".running_var")),
          norm.epsilon(),
          y);
    }
    Saved forgotten = saved(channels);
    BatchStatistics statistics =
        new BatchStatistics(scale, shift, forgotten.mean(), forgotten.inverseDeviation());
    return new NormalisationOperation.BatchNorm(
        x, statistics, norm.momentum(), norm.epsilon(), saved(channels), y);
  }

  private static Activation activation(LayerSpec layer) {
    if (layer instanceof Relu) {
      return new Activation.Relu();
    }
    if (layer instanceof LeakyRelu leaky) {
      return new Activation.LeakyRelu(leaky.slope());
    }
    if (layer instanceof Tanh) {
      return new Activation.Tanh();
    }
    if (layer instanceof Gelu) {
      return new Activation.Gelu();
    }
    throw new AssertionError(layer);
  }

  private Saved saved(int size) {
    return new Saved(allocate(size), allocate(size));
  }

  private Tensor allocate(List<Integer> shape) {
    int elements = shape.stream().reduce(1, Math::multiplyExact);
    List<Integer> sizes = new ArrayList<>(List.of(rows));
    sizes.addAll(shape);
    return allocate(rows * elements).view(0, sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  private Tensor allocate(int size) {
    return workspace.allocate(TensorRole.ACTIVATIONS, size);
  }

  private void run(TensorOperation operation) {
    workspace.prepare(operation).run();
  }
}
