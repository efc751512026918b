package dev.gengap.compute.nd4j;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J's native library, of which a process has one, and its settings. Safe for any thread. */
final class NativeLibrary {
  private static final String BUILD = "/org/eclipse/org.nd4j-nd4j-native-git.properties";

  private static int openBackends;
  private static int threadsInUse;

  private NativeLibrary() {}

  /** Loads the library, sets its threads, and holds that number until {@link #release}. */
  static synchronized void open(int threads) {
    if (openBackends > 0 && threads != threadsInUse) {
      throw new IllegalStateException(
          "threads: "
              + threads
              + " (expected: "
              + threadsInUse
              + ", as in the ND4J backend already open in this process)");
    }
    load();
    requireHost();
    int most = Nd4j.getEnvironment().maxThreads();
    if (threads > most) {
      throw new UserError(Problem.of("", "threads", threads, "1 … " + most + ", the processors"));
    }
    // Its own pool, and OpenMP's (see enterThread); setMaxThreads changes neither.
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    // What is left to OpenBLAS is called by several threads at once, each for its own part.
    openblas.blas_set_num_threads(1);
    threadsInUse = threads;
    openBackends++;
  }

  static synchronized void release() {
    openBackends--;
  }

  /** OpenMP keeps its number of threads for each calling thread apart. */
  static void enterThread(int threads) {
    functions().setOmpNumThreads(threads);
  }

  static NativeOps functions() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  /** The version of ND4J, as built. */
  static String version() {
    try (InputStream stream = Nd4j.class.getResourceAsStream(BUILD)) {
      if (stream == null) {
        throw new IllegalStateException(BUILD + ": missing (expected: in the jar of nd4j-native)");
      }
      Properties build = new Properties();
      build.load(stream);
      return build.getProperty("git.build.version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kernels and products on the host reach into the memory of ND4J's arrays. */
  private static void requireHost() {
    if (Nd4j.getExecutioner().type() != OpExecutioner.ExecutionerType.NATIVE_CPU) {
      throw new UserError(
          Problem.of("", "backend", "nd4j on " + Nd4j.getExecutioner().type(), "nd4j on the CPU")
              .withRemedy("build without -Pcuda"));
    }
  }

  private static void load() {
    if (System.getProperty(ND4JSystemProperties.LOG_INITIALIZATION) == null) {
      System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
    }
    try {
      // Everything here is closed by its owner; collecting all garbage now and then only costs.
      Nd4j.getMemoryManager().togglePeriodicGc(false);
    } catch (LinkageError e) {
      String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
      throw new UserError(
          Problem.of("", "backend", "nd4j", "an ND4J native library for " + machine)
              .withRemedy("build on this machine, so that the build picks its libraries"),
          e);
    }
  }
}
