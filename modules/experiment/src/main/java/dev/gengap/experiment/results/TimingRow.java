package dev.gengap.experiment.results;

import java.util.List;

/**
 * How long a run had taken at one check.
 *
 * @param step optimiser steps done
 * @param seconds since the run started in this process [s]
 * @param stepsPerSecond since the check before [1/s]
 */
public record TimingRow(long step, double seconds, double stepsPerSecond) {
  /** The columns of {@code timing.csv}. */
  public static final CsvForm<TimingRow> FORM =
      new CsvForm<>(
          List.of("step", "seconds", "steps_per_second"),
          row ->
              List.of(
                  Long.toString(row.step()),
                  Csv.number(row.seconds()),
                  Csv.number(row.stepsPerSecond())),
          cells ->
              new TimingRow(
                  Long.parseLong(cells.get(0)),
                  Double.parseDouble(cells.get(1)),
                  Double.parseDouble(cells.get(2))));
}
