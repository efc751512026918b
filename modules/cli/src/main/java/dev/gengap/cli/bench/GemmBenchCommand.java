package dev.gengap.cli.bench;

import dev.gengap.cli.backend.BackendOptions;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.compute.Backend;
import dev.gengap.core.ExitCode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times a product of matrices. */
@Command(
    name = "gemm",
    description = "Times the product of an (m, k) and a (k, n) matrix in float32.",
    footerHeading = "%nExample:%n",
    footer = "  gengap bench gemm -m 1024 -n 1024 -k 1024 --threads 2")
final class GemmBenchCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "-m", defaultValue = "1024", description = "Rows (default: ${DEFAULT-VALUE}).")
  private int m;

  @Option(names = "-n", defaultValue = "1024", description = "Columns (default: ${DEFAULT-VALUE}).")
  private int n;

  @Option(
      names = "-k",
      defaultValue = "1024",
      description = "What is summed over (default: ${DEFAULT-VALUE}).")
  private int k;

  @Mixin private Repetitions repetitions;

  @Mixin private BackendOptions backends;

  @Mixin private JsonOutput json;

  GemmBenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    repetitions.check(Map.of("-m", m, "-n", n, "-k", k));
    GemmBenchmark benchmark = new GemmBenchmark(m, n, k);
    try (Backend backend = backends.open()) {
      Timings timings = benchmark.timings(backend, repetitions.count());
      double rate = benchmark.gigaflops(timings);
      if (json.asked()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", "gemm");
        document.put("backend", backend.info().name());
        document.put("device", backend.info().device());
        document.put("threads", backend.info().threads());
        document.put("m", m);
        document.put("n", n);
        document.put("k", k);
        document.putAll(timings.fields());
        document.put("gigaflops", rate);
        json.printLine(document, console.out());
      } else {
        console
            .out()
            .printf(
                Locale.ROOT,
                "(%d, %d) x (%d, %d): %.3f ms (median), %.1f GFLOP/s on %s%n",
                m,
                k,
                k,
                n,
                timings.medianMillis(),
                rate,
                backend.info().device());
      }
    }
    return ExitCode.OK.code();
  }
}
