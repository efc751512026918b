package dev.gengap.cli.backend;

import dev.gengap.compute.Backend;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what computes, the same for every offline verb. Mixed into commands. */
public final class BackendOptions {
  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "nd4j",
      description = "What computes: nd4j (the processors) or aparapi (an OpenCL device).")
  private String backend;

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "0",
      description =
          "OpenCL device of the aparapi backend: an index, gpu, or a part of a name"
              + " (default: ${DEFAULT-VALUE}).")
  private String device;

  @Mixin private ThreadsOption threads;

  /**
   * Opens the backend asked for. Caller closes.
   *
   * @throws UserError if there is none of that name, its device is not there, or no thread is asked
   *     for
   */
  public Backend open() {
    return switch (backend) {
      case "nd4j" -> LocalDevices.cpu().open(threads.count());
      case "aparapi" -> LocalDevices.openCl(device).open(threads.count());
      default -> throw new UserError(Problem.of("", "--backend", backend, "nd4j or aparapi"));
    };
  }
}
