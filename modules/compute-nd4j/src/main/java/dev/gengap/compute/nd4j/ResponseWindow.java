package dev.gengap.compute.nd4j;

import dev.gengap.compute.NormalisationOperation.Response;

/**
 * Which numbers local response norm takes together: for some places of an example's images, all
 * channels, of which a kernel holds a row each. It goes through an example in pieces that stay in
 * cache.
 */
record ResponseWindow(Planes planes, Response response) {
  private static final int PLACES = 256;

  int pieces() {
    return planes.batch() * piecesPerExample();
  }

  int rowLength() {
    return Math.min(PLACES, planes.area());
  }

  int places(int piece) {
    return Math.min(PLACES, planes.area() - firstPlace(piece));
  }

  /** Where the numbers of {@code channel} of a piece begin. */
  int at(int piece, int channel) {
    return planes.at(piece / piecesPerExample(), channel) + firstPlace(piece);
  }

  /** sum ← Σ of the rows {@code first} + c over the channels c around {@code channel}. */
  void sum(Scratch scratch, int first, int channel, Row sum, int n) {
    sumOver(scratch, first, sum, n, channel - before(), channel + after());
  }

  /** The same over the channels that have {@code channel} around them. */
  void sumReversed(Scratch scratch, int first, int channel, Row sum, int n) {
    sumOver(scratch, first, sum, n, channel - after(), channel + before());
  }

  private void sumOver(Scratch scratch, int first, Row sum, int n, int from, int to) {
    int least = Math.max(0, from);
    sum.copy(scratch.row(first + least), n);
    for (int c = least + 1; c <= Math.min(planes.channels() - 1, to); c++) {
      sum.add(scratch.row(first + c), n);
    }
  }

  private int before() {
    return response.size() / 2;
  }

  private int after() {
    return (response.size() - 1) / 2;
  }

  private int piecesPerExample() {
    return (planes.area() + PLACES - 1) / PLACES;
  }

  private int firstPlace(int piece) {
    return piece % piecesPerExample() * PLACES;
  }
}
