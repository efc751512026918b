package dev.gengap.cli.devices;

import dev.gengap.cli.backend.LocalDevice;
import dev.gengap.cli.backend.LocalDevices;
import dev.gengap.cli.bench.GemmBenchmark;
import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.compute.Backend;
import dev.gengap.core.ExitCode;
import dev.gengap.core.UserError;
import dev.gengap.monitor.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the devices of this machine and how fast they multiply matrices. */
@Command(
    name = "devices",
    description = {
      "Lists what this machine has to train on, and how fast each multiplies matrices.",
      "An experiment asks for them by device: devices.use = opencl:0, backend = aparapi."
    },
    footerHeading = "%nExample:%n",
    footer = "  gengap devices --json")
public final class DevicesCommand implements Callable<Integer> {
  private static final String NO_CUDA =
      "cuda: not in this build (build with -Pcuda; see docs/performance.md)";

  private final Console console;

  @Mixin private JsonOutput json;

  /** A device and what it was found to do. */
  private record Measured(LocalDevice local, double gigaflops) {}

  public DevicesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> notes = new ArrayList<>(List.of(NO_CUDA));
    List<LocalDevice> devices = new ArrayList<>(List.of(LocalDevices.cpu()));
    try {
      devices.addAll(LocalDevices.openCl());
    } catch (UserError e) {
      e.problems().forEach(problem -> notes.add(problem.toString()));
    }
    List<Measured> measured = new ArrayList<>();
    for (LocalDevice device : devices) {
      measured.add(measure(device));
    }
    if (json.asked()) {
      json.print(document(measured, notes), console.out());
    } else {
      table(measured).lines().forEach(console.out()::println);
      notes.forEach(note -> console.out().println("note: " + note));
    }
    return ExitCode.OK.code();
  }

  private static Measured measure(LocalDevice local) throws InterruptedException {
    try (Backend backend = local.open(Runtime.getRuntime().availableProcessors())) {
      return new Measured(
          local, GemmBenchmark.square(local.graphics() ? 4096 : 1024).rate(backend));
    }
  }

  private static Table table(List<Measured> rows) {
    Table table = new Table();
    table.left(Table.column("device", rows, row -> row.local().device().key()));
    table.left(Table.column("backend", rows, row -> row.local().device().kind().backend()));
    table.right(Table.column("memory", rows, row -> gibibytes(row.local().memoryBytes())));
    table.right(Table.column("units", rows, row -> String.valueOf(row.local().units())));
    table.right(Table.column("GEMM", rows, row -> rate(row.gigaflops())));
    table.left(Table.column("what", rows, row -> row.local().device().name()));
    return table;
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }

  private static String rate(double gigaflops) {
    return String.format(Locale.ROOT, "%.1f GFLOP/s", gigaflops);
  }

  private static Map<String, Object> document(List<Measured> rows, List<String> notes) {
    List<Map<String, Object>> devices = new ArrayList<>();
    for (Measured row : rows) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("device", row.local().device().key());
      fields.put("kind", row.local().device().kind().key());
      fields.put("backend", row.local().device().kind().backend());
      fields.put("name", row.local().device().name());
      fields.put("memoryBytes", row.local().memoryBytes());
      fields.put("units", row.local().units());
      fields.put("gemmGigaflops", row.gigaflops());
      devices.add(fields);
    }
    return Map.of("devices", devices, "notes", notes);
  }
}
