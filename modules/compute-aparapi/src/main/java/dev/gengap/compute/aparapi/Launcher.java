package dev.gengap.compute.aparapi;

import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import dev.gengap.compute.DeviceException;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;

/** A kernel object with its buffers on a device. Confined to the workspace's thread. */
final class Launcher implements AutoCloseable {
  private final OpenClDevice device;
  private final Program program;
  private final ArenaKernel kernel;
  private final Range range;
  private boolean ran;

  Launcher(OpenClDevice device, Program program, float[] arena, float[] small, float[] large) {
    this.device = device;
    this.program = program;
    this.kernel = device.newKernel();
    this.range = device.range();
    kernel.setExplicit(true);
    kernel.arena = arena;
    kernel.small = small;
    kernel.large = large;
    kernel.integers = program.integers();
    kernel.numbers = program.numbers();
    compile();
  }

  /** Runs {@code count} instructions from {@code start} on, each when the one before is done. */
  void launch(int start, int count) {
    kernel.base = start;
    if (program.takeChanged()) {
      kernel.integers = program.integers();
      kernel.numbers = program.numbers();
      put(kernel.integers);
      put(kernel.numbers);
    }
    execute(count);
  }

  void transfer(int instruction, int at, int count) {
    kernel.transferAt = at;
    kernel.transferCount = count;
    launch(instruction, 1);
  }

  void mark(int instruction, float mark) {
    kernel.mark = mark;
    launch(instruction, 1);
  }

  /** The next launch takes {@code array} to the device, where that is apart. */
  void put(float[] array) {
    if (ran && !device.sharesHostMemory()) {
      kernel.put(array);
    }
  }

  private void put(int[] array) {
    if (ran && !device.sharesHostMemory()) {
      kernel.put(array);
    }
  }

  /** Fetches {@code array} from a device that is apart. */
  void get(float[] array) {
    kernel.get(array);
  }

  /** Frees the device's memory. */
  @Override
  public void close() {
    // Aparapi frees what only the first run makes, whether it made it or not.
    if (ran) {
      kernel.dispose();
    }
  }

  private void compile() {
    OpenCLDevice target = device.openCl();
    try {
      kernel.compile(target);
    } catch (CompileFailedException e) {
      throw new UserError(
          Problem.of("", "OpenCL device", device.name(), "one that compiles Gengap's kernel")
              .withRemedy("update its driver, or choose another device"),
          e);
    }
  }

  private void execute(int passes) {
    AparapiLog.clear();
    try {
      kernel.execute(range, passes);
    } catch (AssertionError | RuntimeException e) {
      throw failure(e);
    }
    if (!ran) {
      // Aparapi would go on in Java threads where a device fails it.
      if (!(kernel.getTargetDevice() instanceof OpenCLDevice)) {
        throw failure(null);
      }
      ran = true;
    }
  }

  private DeviceException failure(Throwable cause) {
    String reason = AparapiLog.last();
    return new DeviceException(
        "OpenCL device: "
            + device.name()
            + " failed"
            + (reason.isEmpty() ? "" : ", " + reason)
            + " (expected: the kernel runs)",
        cause);
  }
}
