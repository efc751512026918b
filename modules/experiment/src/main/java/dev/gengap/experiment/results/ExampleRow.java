package dev.gengap.experiment.results;

import java.util.List;
import java.util.OptionalLong;

/**
 * How a training example fared in a run whose training loss was evaluated in full.
 *
 * @param example its position in the training subset
 * @param label under the run's condition
 * @param originalLabel before it
 * @param firstFitted optimiser steps done at the first full evaluation at which the network's
 *     answer was {@code label}; empty: none
 * @param forgotten how often a full evaluation found another answer when the one before had found
 *     {@code label}
 * @param fitted whether the answer was {@code label} at the last full evaluation
 */
public record ExampleRow(
    int example,
    int label,
    int originalLabel,
    OptionalLong firstFitted,
    int forgotten,
    boolean fitted) {
  /** The columns of {@code examples.csv}. */
  public static final CsvForm<ExampleRow> FORM =
      new CsvForm<>(
          List.of(
              "example",
              "label",
              "original_label",
              "first_step_fitted",
              "forgetting_events",
              "fitted"),
          ExampleRow::cells,
          ExampleRow::of);

  private List<String> cells() {
    return List.of(
        Integer.toString(example),
        Integer.toString(label),
        Integer.toString(originalLabel),
        firstFitted.isPresent() ? Long.toString(firstFitted.getAsLong()) : "",
        Integer.toString(forgotten),
        Boolean.toString(fitted));
  }

  private static ExampleRow of(List<String> cells) {
    String first = cells.get(3);
    return new ExampleRow(
        Integer.parseInt(cells.get(0)),
        Integer.parseInt(cells.get(1)),
        Integer.parseInt(cells.get(2)),
        first.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(first)),
        Integer.parseInt(cells.get(4)),
        Boolean.parseBoolean(cells.get(5)));
  }
}
