package dev.gengap.cli.bench;

import dev.gengap.cli.backend.BackendOptions;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendInfo;
import dev.gengap.compute.Window;
import dev.gengap.core.ExitCode;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times a convolution. */
@Command(
    name = "conv",
    description = "Times a convolution of square images, and its three gradients, in float32.",
    footerHeading = "%nExample:%n",
    footer = "  gengap bench conv --in 64 --out 96 --size 28 --kernel 3 --padding 1 --threads 2")
final class ConvBenchCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--batch",
      defaultValue = "128",
      description = "Images (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--in",
      defaultValue = "64",
      description = "Channels of the image (default: ${DEFAULT-VALUE}).")
  private int in;

  @Option(
      names = "--out",
      defaultValue = "64",
      description = "Channels of the result (default: ${DEFAULT-VALUE}).")
  private int out;

  @Option(
      names = "--size",
      defaultValue = "28",
      description = "Height and width of the image [pixels] (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--kernel",
      defaultValue = "3",
      description = "Height and width of the kernel (default: ${DEFAULT-VALUE}).")
  private int kernel;

  @Option(names = "--stride", defaultValue = "1", description = "(default: ${DEFAULT-VALUE})")
  private int stride;

  @Option(names = "--padding", defaultValue = "1", description = "(default: ${DEFAULT-VALUE})")
  private int padding;

  @Mixin private Repetitions repetitions;

  @Mixin private BackendOptions backends;

  @Mixin private JsonOutput json;

  ConvBenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    Window window = Window.square(kernel, stride, padding);
    ConvBenchmark benchmark = new ConvBenchmark(batch, in, size, out, window);
    try (Backend backend = backends.open()) {
      ConvBenchmark.Result result = benchmark.run(backend, repetitions.count());
      double flops = benchmark.forwardFlops();
      double forward = flops / result.forward().medianMillis() / 1e6;
      double backward = 2 * flops / result.backward().medianMillis() / 1e6;
      if (json.asked()) {
        Map<String, Object> document = fields(backend.info());
        document.put("forward", result.forward().fields());
        document.put("backward", result.backward().fields());
        document.put("forwardGigaflops", forward);
        document.put("backwardGigaflops", backward);
        json.printLine(document, console.out());
      } else {
        console
            .out()
            .printf(
                Locale.ROOT,
                "forward %.3f ms (median), %.1f GFLOP/s; backward %.3f ms, %.1f GFLOP/s on %s%n",
                result.forward().medianMillis(),
                forward,
                result.backward().medianMillis(),
                backward,
                backend.info().device());
      }
    }
    return ExitCode.OK.code();
  }

  private Map<String, Object> fields(BackendInfo backend) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("benchmark", "conv");
    document.put("backend", backend.name());
    document.put("device", backend.device());
    document.put("threads", backend.threads());
    document.put("batch", batch);
    document.put("in", in);
    document.put("out", out);
    document.put("size", size);
    document.put("kernel", kernel);
    document.put("stride", stride);
    document.put("padding", padding);
    return document;
  }

  private void check() {
    repetitions.check(
        Map.of(
            "--batch",
            batch,
            "--in",
            in,
            "--out",
            out,
            "--size",
            size,
            "--kernel",
            kernel,
            "--stride",
            stride));
    if (padding < 0 || size + 2 * padding < kernel) {
      throw new UserError(
          Problem.of("", "--padding", padding, "≥ 0, and the kernel within the padded image"));
    }
  }
}
