package dev.gengap.measures;

/** The mean of numbers that come one by one, and its standard error (Welford 1962). */
final class RunningMean {
  private int count;
  private double mean;
  private double squares;

  void add(double value) {
    count++;
    double above = value - mean;
    mean += above / count;
    squares += above * (value - mean);
  }

  /** Of at least two numbers, or the standard error is not one. */
  Estimate estimate() {
    return new Estimate(mean, Math.sqrt(squares / (count - 1.0) / count));
  }
}
