package dev.gengap.network.safetensors;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.data.Examples;
import dev.gengap.network.NetworkSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * Examples held by a safetensors file: inputs {@code x}, (example, channel, height, width) or
 * (example, feature), and labels {@code y}, int64, (example). An image may stand for the vector of
 * its pixels, and the reverse, row-major. Immutable; safe for any thread.
 */
public final class TensorExamples implements Examples {
  private final Tensor inputs;
  private final int[] labels;
  private final int features;

  private TensorExamples(Tensor inputs, int[] labels, int features) {
    this.inputs = inputs;
    this.labels = labels;
    this.features = features;
  }

  /**
   * Reads the examples in {@code file}.
   *
   * @param network that they are for: its input and classes must be theirs
   * @throws UserError if the file is not sound or does not fit the network
   */
  public static TensorExamples load(Path file, NetworkSpec network) {
    return of(SafetensorsReader.read(file), file.toString(), network);
  }

  private static TensorExamples of(Safetensors contents, String origin, NetworkSpec network) {
    Tensor inputs = tensor(contents, origin, "x", "the inputs, F32");
    Tensor labels = tensor(contents, origin, "y", "the labels, I64");
    if (inputs.type() == DType.I64) {
      throw problem(origin, "tensor x dtype", inputs.type(), "F32 or F64");
    }
    if (labels.type() != DType.I64) {
      throw problem(origin, "tensor y dtype", labels.type(), "I64");
    }
    if (labels.shape().size() != 1 || labels.size() == 0) {
      throw problem(origin, "tensor y shape", labels.shape(), "(n), one label for each example");
    }
    checkInputShape(inputs.shape(), labels.size(), origin, network);
    return new TensorExamples(inputs, classes(labels, origin, network), network.features());
  }

  private static void checkInputShape(
      List<Integer> shape, int examples, String origin, NetworkSpec network) {
    List<Integer> one = shape.isEmpty() ? shape : shape.subList(1, shape.size());
    boolean sameSize =
        one.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b) == network.features();
    boolean vector = one.size() == 1 || network.input().size() == 1;
    boolean fits = one.equals(network.input()) || (sameSize && vector);
    if (!fits || shape.get(0) != examples) {
      throw problem(
          origin,
          "tensor x shape",
          shape,
          examples + " examples, as y has, of shape " + network.input() + ", the network's input");
    }
  }

  private static int[] classes(Tensor labels, String origin, NetworkSpec network) {
    long[] read = labels.longs();
    int[] classes = new int[read.length];
    for (int i = 0; i < read.length; i++) {
      if (read[i] < 0 || read[i] >= network.classes()) {
        throw problem(
            origin, "tensor y[" + i + "]", read[i], "a class in 0 … " + (network.classes() - 1));
      }
      classes[i] = (int) read[i];
    }
    return classes;
  }

  private static Tensor tensor(Safetensors contents, String origin, String name, String expected) {
    Tensor found = contents.tensors().get(name);
    if (found == null) {
      throw problem(origin, "tensor " + name, "missing", expected);
    }
    return found;
  }

  private static UserError problem(String origin, String name, Object value, String expected) {
    return new UserError(Problem.of(origin, name, value, expected));
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void copyInputs(int from, int count, float[] into) {
    inputs.copyFloats(from * features, into, count * features);
  }
}
