package dev.gengap.cli.network;

import dev.gengap.monitor.Table;
import dev.gengap.network.LayerSummary;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.NetworkSummary;
import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.LayerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A network for people: a line for each layer, indented within a layer that branches, and totals. A
 * layer that branches shows no counts of its own: those of its paths follow.
 */
final class NetworkTable {
  private static final double MEGA = 1e6;

  private NetworkTable() {}

  static List<String> lines(NetworkSummary summary, int batch) {
    List<LayerSummary> layers = summary.layers();
    List<String> lines =
        new ArrayList<>(
            new Table()
                .left(Table.column("layer", layers, NetworkTable::name))
                .left(Table.column("options", layers, layer -> options(layer.layer())))
                .right(Table.column("output", layers, layer -> shape(layer.output())))
                .right(Table.column("parameters", layers, l -> count(l, l.parameters())))
                .right(Table.column("multiply-adds", layers, l -> count(l, l.multiplyAdds())))
                .lines());
    lines.add("");
    lines.addAll(totals(summary, batch));
    return lines;
  }

  private static List<String> totals(NetworkSummary summary, int batch) {
    NetworkSpec network = summary.network();
    long statistics = network.stateCount() - network.parameterCount();
    List<String> names = List.of("input", "parameters", "multiply-adds", "activations");
    List<String> values =
        List.of(
            shape(network.input()) + ", " + network.classes() + " classes",
            count(network.parameterCount())
                + " ("
                + megabytes(network.parameterCount() * Float.BYTES)
                + " in float32)"
                + (statistics == 0 ? "" : ", and " + count(statistics) + " running statistics"),
            count(network.multiplyAdds()) + " for one example, forward",
            megabytes(summary.activationBytes(batch))
                + " for "
                + count(batch)
                + " examples: the outputs of all layers in float32");
    return new Table().left(names).left(values).lines();
  }

  private static String name(LayerSummary layer) {
    return "  ".repeat(layer.depth()) + layer.name() + " " + layer.layer().type();
  }

  private static String options(LayerSpec layer) {
    return layer instanceof Branching
        ? ""
        : layer.options().entrySet().stream()
            .map(option -> option.getKey() + "=" + written(option.getValue()))
            .collect(Collectors.joining(" "));
  }

  private static String written(Object value) {
    return value instanceof List<?> pair
        ? pair.stream().map(String::valueOf).collect(Collectors.joining("x"))
        : String.valueOf(value);
  }

  private static String shape(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static String count(LayerSummary layer, long count) {
    return count == 0 || layer.layer() instanceof Branching ? "" : count(count);
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.2f MB", bytes / MEGA);
  }
}
