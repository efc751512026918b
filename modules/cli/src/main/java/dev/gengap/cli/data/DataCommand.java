package dev.gengap.cli.data;

import dev.gengap.cli.console.Console;
import dev.gengap.cli.console.JsonOutput;
import dev.gengap.data.source.DataSetDescription;
import dev.gengap.data.source.DataSets;
import dev.gengap.monitor.Table;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the data sets an experiment can name. */
@Command(
    name = "data",
    description = "Lists the data sets an experiment can name, and where they were found.",
    footerHeading = "%nExample:%n",
    footer = "  gengap data --data ~/data")
public final class DataCommand implements Runnable {
  private final Console console;

  @Mixin private DataFolder dataFolder;

  @Mixin private JsonOutput json;

  private DataCommand(Console console) {
    this.console = console;
  }

  /** The verb with its subcommands, writing to {@code console}. */
  public static CommandLine create(Console console) {
    return new CommandLine(new DataCommand(console)).addSubcommand(new DataFetchCommand(console));
  }

  @Override
  public void run() {
    List<DataSetDescription> sets = DataSets.list(dataFolder.optional());
    if (json.asked()) {
      json.print(sets, console.out());
      return;
    }
    Table table = new Table();
    table.left(Table.column("name", sets, DataSetDescription::name));
    table.left(Table.column("image", sets, set -> shape(set)));
    table.right(Table.column("classes", sets, set -> String.valueOf(set.classes())));
    table.right(Table.column("train", sets, set -> String.valueOf(set.train())));
    table.right(Table.column("test", sets, set -> String.valueOf(set.test())));
    table.left(Table.column("what", sets, DataSetDescription::what));
    table.left(Table.column("where", sets, DataSetDescription::where));
    table.lines().forEach(console.out()::println);
  }

  private static String shape(DataSetDescription set) {
    return set.shape().channels() + "x" + set.shape().height() + "x" + set.shape().width();
  }
}
