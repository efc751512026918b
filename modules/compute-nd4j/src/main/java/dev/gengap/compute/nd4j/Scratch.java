package dev.gengap.compute.nd4j;

import java.util.Arrays;

/** The rows that kernels compute in on one thread. They hold anything when a kernel begins. */
final class Scratch {
  private final int thread;
  private final Row like;
  private Row[] rows = {};

  Scratch(int thread, Row like) {
    this.thread = thread;
    this.like = like;
  }

  /** Makes room for a kernel that takes {@code count} rows of {@code length}. */
  void reserve(int count, int length) {
    if (rows.length < count) {
      int had = rows.length;
      rows = Arrays.copyOf(rows, count);
      Arrays.fill(rows, had, count, like);
    }
    for (int i = 0; i < count; i++) {
      if (rows[i].length() < length) {
        rows[i] = like.ofLength(length);
      }
    }
  }

  /** Which of the workspace's threads it belongs to. */
  int thread() {
    return thread;
  }

  Row row(int index) {
    return rows[index];
  }
}
