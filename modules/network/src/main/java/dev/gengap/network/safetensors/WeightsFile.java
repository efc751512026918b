package dev.gengap.network.safetensors;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.ParameterSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a network as a safetensors file, or as its bytes. */
public final class WeightsFile {
  private WeightsFile() {}

  /**
   * Reads the weights of {@code network} from {@code file}. F64 tensors are rounded to float32.
   *
   * @throws UserError naming every tensor that is missing, has another shape, or is not the
   *     network's
   */
  public static Weights load(Path file, NetworkSpec network) {
    return weights(SafetensorsReader.read(file), file.toString(), network);
  }

  /**
   * Reads the weights of {@code network} from the bytes of a file.
   *
   * @param origin what to call them in problems
   * @throws UserError as {@link #load}
   */
  public static Weights decode(byte[] bytes, String origin, NetworkSpec network) {
    return weights(SafetensorsReader.read(bytes, origin), origin, network);
  }

  /**
   * Writes {@code weights} to {@code file}, whole or not at all.
   *
   * @param metadata texts to keep beside them: run, step
   * @throws UserError if the file cannot be written
   */
  public static void save(Path file, Weights weights, Map<String, String> metadata) {
    SafetensorsWriter.write(file, encode(weights, metadata));
  }

  /** The bytes of a file of {@code weights}: equal weights and metadata give equal bytes. */
  public static byte[] encode(Weights weights, Map<String, String> metadata) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights
        .tensors()
        .forEach((name, array) -> tensors.put(name, Tensor.of(array.shape(), array.values())));
    return SafetensorsWriter.encode(new Safetensors(metadata, tensors));
  }

  private static Weights weights(Safetensors contents, String origin, NetworkSpec network) {
    List<Problem> problems = new ArrayList<>();
    Map<String, FloatArray> found = new LinkedHashMap<>();
    Map<String, Tensor> left = new LinkedHashMap<>(contents.tensors());
    for (ParameterSpec parameter : network.tensors()) {
      Tensor tensor = left.remove(parameter.name());
      String name = "tensor " + parameter.name();
      if (tensor == null) {
        problems.add(Problem.of(origin, name, "missing", "shape " + parameter.shape()));
      } else if (!tensor.shape().equals(parameter.shape())) {
        problems.add(
            Problem.of(
                origin,
                name,
                "shape " + tensor.shape(),
                parameter.shape() + ", as in the network"));
      } else if (tensor.type() == DType.I64) {
        problems.add(Problem.of(origin, name, tensor.type(), "F32 or F64"));
      } else {
        found.put(parameter.name(), new FloatArray(tensor.shape(), tensor.floats()));
      }
    }
    left.forEach(
        (name, tensor) ->
            problems.add(
                Problem.of(
                    origin,
                    "tensor " + name,
                    "shape " + tensor.shape(),
                    "only parameters of the network")));
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    return new Weights(found);
  }
}
