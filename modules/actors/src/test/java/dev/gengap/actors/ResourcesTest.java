package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourcesTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void close_ofSeveral_closesAllInReverseThoughSomeFail() {
    Resources resources = new Resources();
    resources.add(() -> closed.add("first"));
    resources.add(() -> fail("second"));
    resources.add(() -> fail("third"));
    resources.add(() -> closed.add("fourth"));

    assertThatThrownBy(resources::close)
        .hasMessage("third")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("fourth", "first");

    resources.close();
    assertThat(closed).as("each once").hasSize(2);
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }
}
