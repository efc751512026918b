package dev.gengap.cli.backend;

import dev.gengap.compute.Backend;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
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

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of the nd4j backend (default: ${DEFAULT-VALUE}).")
  private int threads;

  /**
   * Opens the backend asked for. Caller closes.
   *
   * @throws UserError if there is none of that name, or its device is not there
   */
  public Backend open() {
    if (threads < 1) {
      throw new UserError(Problem.of("", "--threads", threads, "> 0"));
    }
    return switch (backend) {
      case "nd4j" -> LocalDevices.cpu().open(threads);
      case "aparapi" -> LocalDevices.openCl(device).open(threads);
      default -> throw new UserError(Problem.of("", "--backend", backend, "nd4j or aparapi"));
    };
  }
}
