package dev.gengap.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/**
 * The option {@code --json}, the same wherever a script would want it: standard output is one JSON
 * document and nothing else. Mixed into commands.
 */
public final class JsonOutput {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(names = "--json", description = "Print one JSON document, for scripts.")
  private boolean asked;

  /** Whether JSON was asked for. */
  public boolean asked() {
    return asked;
  }

  /** Prints {@code document} on one line, for tools that read line by line. */
  public void printLine(Object document, PrintStream out) {
    write(document, MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT), out);
  }

  /** Prints {@code document}: maps, lists, records of the command's own, strings and numbers. */
  public void print(Object document, PrintStream out) {
    write(document, MAPPER.writer(), out);
  }

  private static void write(Object document, ObjectWriter writer, PrintStream out) {
    try {
      out.println(writer.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("document: " + document + " (expected: JSON)", e);
    }
  }
}
