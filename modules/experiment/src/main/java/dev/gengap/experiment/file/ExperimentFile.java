package dev.gengap.experiment.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import dev.gengap.core.Problem;
import dev.gengap.core.RunId;
import dev.gengap.experiment.Devices;
import dev.gengap.experiment.Environment;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.Feed;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.RunConfig;
import dev.gengap.experiment.RunPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads experiment files: HOCON, from the file and its includes alone. What the keys mean is
 * documented in {@code docs/experiment-file.md}.
 */
public final class ExperimentFile {
  private final Source source;
  private final Environment environment;
  private final Keys keys;
  private final Config standard;
  private final Problems problems = new Problems();
  private final List<String> notes = new ArrayList<>();
  private final NetworkFiles networkFiles = new NetworkFiles();

  private ExperimentFile(Source source, Environment environment) {
    this.source = source;
    this.environment = environment;
    this.keys = new Keys(environment);
    this.standard =
        ConfigFactory.parseString(
            keys.standardFile(),
            ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF)
                .setOriginDescription("default"));
  }

  /**
   * Reads, checks and expands {@code file}.
   *
   * @throws dev.gengap.core.UserError with everything that is wrong, each with its file and line
   */
  public static Experiment load(Path file, Environment environment) {
    return read(file, environment).load();
  }

  /**
   * Reads, checks and expands a text that is complete in itself, such as {@link #portable} writes.
   *
   * @param origin what to call the text in problems
   * @throws dev.gengap.core.UserError with everything that is wrong, each with its line
   */
  public static Experiment parse(String text, String origin, Environment environment) {
    return new ExperimentFile(Source.of(text, origin), environment).load();
  }

  /**
   * A text that says what {@code file} says, on any machine: JSON with includes and substitutions
   * resolved, network files inside and {@code name} set. {@link #parse} makes the same runs of it,
   * in the same order. Labels of networks written in the grid name their lines here.
   *
   * @throws dev.gengap.core.UserError with everything that is wrong with the file, or if it names
   *     two network files alike
   */
  public static String portable(Path file, Environment environment) {
    ExperimentFile read = read(file, environment);
    Experiment experiment = read.load();
    ConfigObject root =
        read.source
            .config()
            .root()
            .withValue(read.keys.name.path(), ConfigValueFactory.fromAnyRef(experiment.name()));
    return PortableText.of(
        read.networkFiles.addTo(root, read.keys.networks.path(), read.source.place()));
  }

  private static ExperimentFile read(Path file, Environment environment) {
    return new ExperimentFile(Source.read(file, environment.configFolder()), environment);
  }

  private Experiment load() {
    ConfigObject root = source.config().root();
    Structure structure = new Structure(keys, problems);
    structure.checkFile(root);
    Grid grid = Grid.read(root, structure, problems);
    Overrides overrides = Overrides.read(root, structure, problems);
    Config base =
        root.withoutKey(Structure.GRID)
            .withoutKey(Structure.OVERRIDES)
            .withoutKey(Structure.MEASURES)
            .toConfig()
            .withFallback(standard);
    List<RunPlan> runs = runs(grid, overrides, base);
    List<MeasureGroup> measures =
        new MeasureReader(environment.measures(), runs, problems).read(root);
    CellReader whole = new CellReader(base, standard, problems);
    noteUnusedSlots(whole, runs);
    Experiment experiment =
        new Experiment(
            name(whole),
            source.text(),
            runs,
            measures,
            whole.get(keys.keep),
            feed(whole),
            new Devices(whole.get(keys.use), whole.get(keys.threads), whole.get(keys.slots)),
            notes);
    problems.throwIfAny();
    return experiment;
  }

  private Feed feed(CellReader whole) {
    int window = whole.get(keys.window);
    Payload payload = whole.get(keys.payload);
    return window == 0 ? Feed.of(payload) : new Feed(window, payload);
  }

  /** A note for each network that has slots and is not trained: a misspelt name, perhaps. */
  private void noteUnusedSlots(CellReader whole, List<RunPlan> runs) {
    List<String> trained = runs.stream().map(run -> run.config().network().name()).toList();
    for (String network : whole.get(keys.slots).ofNetwork().keySet()) {
      if (!trained.contains(network)) {
        notes.add(
            Problem.of(whole.place(keys.slots), keys.slots.path(), network, "a network of the grid")
                .toString());
      }
    }
  }

  private List<RunPlan> runs(Grid grid, Overrides overrides, Config base) {
    Map<RunId, RunPlan> runs = new LinkedHashMap<>();
    for (Grid.Cell cell : grid.cells()) {
      Config values = overrides.apply(cell.overlay().withFallback(base));
      CellReader reader = new CellReader(values, standard, problems);
      Optional<RunConfig> config = new RunAssembler(keys, environment, reader).assemble();
      if (config.isPresent()) {
        networkFiles.see(config.get().network(), environment.networks(), reader.get(keys.networks));
        RunPlan run = RunPlan.of(cell.shown(), config.get());
        RunPlan twin = runs.putIfAbsent(run.id(), run);
        if (twin != null) {
          notes.add("grid: " + run.label() + ": the same run as " + twin.label() + ", run once");
        }
      }
    }
    notes.addAll(overrides.unused());
    return List.copyOf(runs.values());
  }

  /** The file's own name, without its ending, stands in for a missing one. */
  private String name(CellReader whole) {
    Optional<String> written = whole.find(keys.name);
    if (written.isPresent() || !whole.areSound(keys.name)) {
      return written.orElse("");
    }
    if (!source.stem().matches("[a-z0-9][a-z0-9_-]{0,99}")) {
      problems.add(
          Problem.of(source.place(), keys.name.path(), "none", keys.name.type().expected())
              .withRemedy("set name, because the file's own will not do"));
    }
    return source.stem();
  }
}
