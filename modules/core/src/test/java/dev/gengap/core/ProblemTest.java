package dev.gengap.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void toString_withPlaceAndRemedy_followsTheGrammar() {
    assertThat(
            Problem.of("a.conf:3", "condition.p", 1.5, "0 … 1").withRemedy("lower it").toString())
        .isEqualTo("a.conf:3: condition.p: 1.5 (expected: 0 … 1); lower it");
  }

  @Test
  void userError_severalProblems_saysEachOnItsLine() {
    UserError error =
        new UserError(List.of(Problem.of("", "a", 1, "2"), Problem.of("", "b", 3, "4")));
    assertThat(error).hasMessage("a: 1 (expected: 2)\nb: 3 (expected: 4)");
  }
}
