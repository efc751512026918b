package dev.gengap.bench;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.compute.aparapi.AparapiBackend;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A workspace of the backend under test. Confined to the benchmark's thread. */
@State(Scope.Thread)
public class Device {
  /** Name of the backend: nd4j, or aparapi on the first OpenCL device. */
  @Param({"nd4j"})
  public String backend;

  /** Threads of the nd4j backend. */
  @Param({"2"})
  public int threads;

  private Backend opened;
  private Workspace workspace;
  private long tensors;

  /** Opens the backend. */
  @Setup(Level.Trial)
  public void open() {
    opened =
        switch (backend) {
          case "nd4j" -> Nd4jBackend.create(threads);
          case "aparapi" -> AparapiBackend.create("0");
          default ->
              throw new IllegalArgumentException(
                  "backend: " + backend + " (expected: nd4j or aparapi)");
        };
    workspace = opened.newWorkspace(Precision.FLOAT32);
  }

  /** Closes the backend. */
  @TearDown(Level.Trial)
  public void close() {
    workspace.close();
    opened.close();
  }

  Workspace workspace() {
    return workspace;
  }

  /** A tensor of numbers from U(−1, 1), never denormal. */
  Tensor tensor(int... shape) {
    Tensor tensor = workspace.allocate(TensorRole.ACTIVATIONS, shape);
    CounterRandom random = CounterRandom.of(1, RandomStream.INITIALISATION);
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.uniform(tensors, i) - 1);
    }
    tensors++;
    tensor.write(values, values.length);
    return tensor;
  }
}
