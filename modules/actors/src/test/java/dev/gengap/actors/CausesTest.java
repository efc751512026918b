package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class CausesTest {
  @Test
  void of_aUserErrorDeepInside_isTheUserError() {
    UserError error = new UserError(Problem.of("disk", "write", "full", "room"));
    RuntimeException wrapped = new IllegalStateException(new CompletionException(error));

    assertThat(Causes.of(new CompletionException(wrapped))).isSameAs(error);
    assertThat(Causes.unchecked(wrapped)).isSameAs(error);
  }

  @Test
  void of_anotherFailure_losesOnlyWrappers() {
    IllegalStateException failure = new IllegalStateException(new IllegalArgumentException());

    assertThat(Causes.of(new CompletionException(new CompletionException(failure))))
        .isSameAs(failure);
  }

  @Test
  void unchecked_ofAnError_keepsItAsTheCause() {
    assertThat(Causes.unchecked(new OutOfMemoryError("heap")))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
  }
}
