package dev.gengap.compute.aparapi;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.DeviceException;
import dev.gengap.compute.Operation;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process says of its first OpenCL device, used as a graphics processor, to a file. */
final class FailureProbe {
  private FailureProbe() {}

  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), outcome());
    System.exit(0);
  }

  private static String outcome() {
    try {
      OpenClDevice device = new OpenClDevice(AparapiDevices.find("0"), false, false);
      try (AparapiBackend backend = AparapiBackend.create(device);
          Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
        workspace.allocate(TensorRole.ACTIVATIONS, Integer.getInteger("elements", 1));
        return "read " + afterACollection(workspace);
      }
    } catch (UserError e) {
      return "UserError " + e.getMessage();
    } catch (DeviceException e) {
      return "DeviceException " + e.getMessage();
    }
  }

  private static float afterACollection(Workspace workspace) {
    Tensor one = workspace.allocate(TensorRole.ACTIVATIONS, 1);
    Tensor sum = workspace.allocate(TensorRole.ACTIVATIONS, 1);
    one.write(new float[] {1}, 1);
    Operation add = workspace.prepare(new Accumulate(one, Accumulator.adding(sum)));
    add.run();
    System.gc();
    add.run();
    float[] read = new float[1];
    sum.read(read, 1);
    return read[0];
  }
}
