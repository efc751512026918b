package dev.gengap.network.execution;

import dev.gengap.compute.Activation;
import dev.gengap.compute.NormalisationOperation.Response;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.core.CounterRandom;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.BatchNorm;
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

/**
 * Turns the layers of a network, nested paths and all, into a {@link LayerGraph}. Decides which
 * layers work in place: those that alone read their input, where the layer that made it does not
 * need it again. Confined to the workspace's thread; used once.
 */
final class LayerGraphBuilder {
  private final Workspace workspace;
  private final ParameterTensors weights;
  private final Optional<Training> training;
  private final int batch;
  private final List<LayerExecution> layers = new ArrayList<>();
  private final List<DropoutMask> masks = new ArrayList<>();

  /**
   * What training needs beside the weights.
   *
   * @param target what receives the gradients
   * @param dropout the numbers of the dropout seed
   * @param ofInput whether to take the gradient with respect to the network's input too
   */
  record Training(GradientTarget target, CounterRandom dropout, boolean ofInput) {}

  /**
   * For batches of at most {@code batch} examples.
   *
   * @param training empty in evaluation mode
   */
  LayerGraphBuilder(
      Workspace workspace, ParameterTensors weights, Optional<Training> training, int batch) {
    this.workspace = workspace;
    this.weights = weights;
    this.training = training;
    this.batch = batch;
  }

  /** The graph of {@code spec}, with memory for all its signals. */
  LayerGraph build(NetworkSpec spec) {
    boolean ofInput = training.map(Training::ofInput).orElse(false);
    Signal input = fresh(spec.input(), ofInput, false);
    Signal output = chain("", spec.layers(), input);
    if (training.isEmpty()) {
      LayerGraph graph = new LayerGraph(input, output, layers, masks);
      graph.allocateForEvaluation(workspace);
      return graph;
    }
    LayerGraph graph = new LayerGraph(input, learning(output), layers, masks);
    graph.allocateForTraining(workspace);
    return graph;
  }

  private Signal chain(String prefix, List<LayerSpec> specs, Signal input) {
    Signal current = input;
    for (int i = 0; i < specs.size(); i++) {
      current = layer(prefix + i, specs.get(i), current);
    }
    return current;
  }

  private Signal layer(String name, LayerSpec spec, Signal input) {
    if (spec instanceof Flatten) {
      return input.flattened();
    }
    if (spec instanceof Dropout dropout) {
      return dropout(dropout, input);
    }
    if (spec instanceof Concat concat) {
      return concat(name, concat, input);
    }
    if (spec instanceof Add add) {
      return sum(paths(name, add.paths(), input));
    }
    Optional<Activation> activation = activation(spec);
    return activation.isPresent()
        ? activation(activation.get(), input)
        : append(execution(name, spec, input));
  }

  private static Optional<Activation> activation(LayerSpec spec) {
    if (spec instanceof Relu) {
      return Optional.of(new Activation.Relu());
    }
    if (spec instanceof LeakyRelu leaky) {
      return Optional.of(new Activation.LeakyRelu(leaky.slope()));
    }
    if (spec instanceof Tanh) {
      return Optional.of(new Activation.Tanh());
    }
    return spec instanceof Gelu ? Optional.of(new Activation.Gelu()) : Optional.empty();
  }

  private LayerExecution execution(String name, LayerSpec spec, Signal input) {
    LayerParameters parameters = new LayerParameters(name, weights, training.map(Training::target));
    List<Integer> shape = spec.outputShape(input.shape());
    boolean learns = input.gradient().isPresent();
    if (spec instanceof Linear linear) {
      return new LinearExecution(linear, parameters, input, fresh(shape, true, false));
    }
    if (spec instanceof Conv2d convolution) {
      return new ConvolutionExecution(convolution, parameters, input, fresh(shape, true, false));
    }
    if (spec instanceof MaxPool2d pool) {
      return new MaxPoolExecution(pool.window(input.shape()), input, fresh(shape, learns, true));
    }
    if (spec instanceof AvgPool2d pool) {
      return new AveragePoolExecution(
          pool.window(input.shape()), input, fresh(shape, learns, false));
    }
    if (spec instanceof LocalResponseNorm norm) {
      Response response = new Response(norm.size(), norm.alpha(), norm.beta(), norm.k());
      return new ResponseNormExecution(response, input, fresh(shape, learns, true));
    }
    if (spec instanceof BatchNorm norm) {
      Optional<Saved> saved = training.map(t -> saved(shape.get(0)));
      return new BatchNormExecution(norm, parameters, saved, input, normalised(input));
    }
    if (spec instanceof LayerNorm norm) {
      return new LayerNormExecution(norm, parameters, saved(batch), input, normalised(input));
    }
    throw new IllegalArgumentException("layer: " + spec + " (expected: one that can be run)");
  }

  private Signal dropout(Dropout dropout, Signal input) {
    if (training.isEmpty() || dropout.p() == 0) {
      return input;
    }
    DropoutMask mask =
        new DropoutMask(
            workspace,
            new DropoutMask.Source(training.get().dropout(), masks.size()),
            dropout.p(),
            batch,
            input.elements());
    masks.add(mask);
    return append(new DropoutExecution(mask, input, pointwise(input, input.replaceable(), false)));
  }

  private Signal activation(Activation activation, Signal input) {
    boolean inPlace = activation.inPlace() && input.replaceable();
    return append(new ActivationExecution(activation, input, pointwise(input, inPlace, true)));
  }

  private Signal concat(String name, Concat concat, Signal input) {
    List<Signal> parts = paths(name, concat.paths(), input);
    boolean learns = parts.stream().anyMatch(part -> part.gradient().isPresent());
    if (learns) {
      parts = parts.stream().map(this::learning).toList();
    }
    Signal output = fresh(concat.outputShape(input.shape()), learns, false);
    return append(new ConcatExecution(parts, output));
  }

  private Signal sum(List<Signal> terms) {
    Signal first = terms.get(0);
    Optional<Signal> replaced = terms.stream().filter(Signal::replaceable).findFirst();
    Buffer values = replaced.map(Signal::values).orElseGet(() -> buffer(first.elements()));
    boolean learns = terms.stream().anyMatch(term -> term.gradient().isPresent());
    Optional<Buffer> ownGradient =
        terms.stream()
            .filter(term -> !term.shared())
            .flatMap(term -> term.gradient().stream())
            .findFirst();
    Optional<Buffer> gradient =
        learns && ownGradient.isEmpty() ? Optional.of(buffer(first.elements())) : ownGradient;
    Signal output = new Signal(first.shape(), values, gradient, false, false);
    return append(new AddExecution(terms, output));
  }

  private Signal append(LayerExecution execution) {
    layers.add(execution);
    return execution.output();
  }

  private List<Signal> paths(String name, List<List<LayerSpec>> paths, Signal input) {
    List<Signal> outputs = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      outputs.add(chain(name + "." + i + ".", paths.get(i), input.asShared()));
    }
    return outputs;
  }

  /** The output of a normalisation, whose gradient may turn into the input's in place. */
  private Signal normalised(Signal input) {
    boolean ownGradient = input.shared() || input.gradient().isEmpty();
    Signal output = fresh(input.shape(), ownGradient, false);
    return ownGradient ? output : output.withGradient(input.gradient().get());
  }

  /** The output of a layer that treats each number alone, its gradient in place where it may. */
  private Signal pointwise(Signal input, boolean inPlace, boolean kept) {
    Buffer values = inPlace ? input.values() : buffer(input.elements());
    Optional<Buffer> gradient =
        input.gradient().map(own -> input.shared() ? buffer(input.elements()) : own);
    return new Signal(input.shape(), values, gradient, false, kept && training.isPresent());
  }

  private Signal fresh(List<Integer> shape, boolean learns, boolean kept) {
    int elements = shape.stream().reduce(1, Math::multiplyExact);
    Optional<Buffer> gradient =
        learns && training.isPresent() ? Optional.of(buffer(elements)) : Optional.empty();
    return new Signal(shape, buffer(elements), gradient, false, kept && training.isPresent());
  }

  private Signal learning(Signal signal) {
    return signal.gradient().isPresent() ? signal : signal.withGradient(buffer(signal.elements()));
  }

  private Buffer buffer(int elements) {
    return new Buffer(Math.multiplyExact(batch, elements));
  }

  private Saved saved(int size) {
    return new Saved(
        workspace.allocate(TensorRole.ACTIVATIONS, size),
        workspace.allocate(TensorRole.ACTIVATIONS, size));
  }
}
