package dev.gengap.network.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BufferPlanTest {
  private final Buffer a = new Buffer(10);
  private final Buffer b = new Buffer(20);
  private final Buffer c = new Buffer(8);
  private final Buffer d = new Buffer(15);

  @Test
  void size_chain_isThatOfTwoBuffers() {
    assertThat(new BufferPlan(List.of(List.of(a, b), List.of(b, c), List.of(c, d))).size())
        .isEqualTo(20 + 10);
  }

  @Test
  void size_oneBufferUsedThroughout_keepsItsOwnMemory() {
    assertThat(new BufferPlan(List.of(List.of(a), List.of(b), List.of(c, a), List.of(d, a))).size())
        .isEqualTo(10 + 20);
  }

  @Test
  void size_nothingEverFree_isThatOfAll() {
    assertThat(new BufferPlan(List.of(List.of(a, b), List.of(c, d), List.of(a, b))).size())
        .isEqualTo(10 + 20 + 8 + 15);
  }

  @Test
  void size_sameBufferTwiceInAStep_countsOnce() {
    assertThat(new BufferPlan(List.of(List.of(a, a), List.of(a, a))).size()).isEqualTo(10);
  }
}
