package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that Python writes as files are measured here, without a broker. */
class PythonFilesIT {
  private static final String TRAIN =
      """
      import gengap, numpy as np
      from tests import standins as nn
      model = nn.Sequential(nn.Linear(4, 3, 1), nn.ReLU(), nn.Linear(3, 2, 2))
      x = np.arange(24, dtype="f4").reshape(6, 4) / 24
      y = np.array([0, 1, 0, 1, 0, 1])
      gengap.safetensors.write("data.safetensors", {"x": x, "y": y})
      initial = [layer.weight.copy() for layer in (model[0], model[2])]
      for step in range(3):
          gengap.save(model, "checkpoints", step)
          nn.descend(model, x, y, rate=0.5)
      gengap.save(model, "checkpoints", 3)
      moved = [np.linalg.norm(model[2 * i].weight - w) for i, w in enumerate(initial)]
      print(float(np.hypot(*moved)))
      """;

  @TempDir private Path folder;

  @Test
  void saved_stepsOfALoop_areMeasuredAsTheyStoodThere() throws IOException {
    Result trained = Python.build(folder).run(Map.of(), "-c", TRAIN);
    assertThat(trained.code()).as(trained.err()).isZero();

    Result measured =
        new Gengap(folder)
            .run(
                "measure",
                "--network",
                "checkpoints/network.json",
                "--watch",
                "checkpoints",
                "--data",
                "data.safetensors",
                "--use",
                "distance_from_init,train_error",
                "--once");

    assertThat(measured.err()).isEmpty();
    assertThat(measured.code()).isZero();
    List<String> lines = measured.out().lines().toList();
    assertThat(lines).hasSize(4);
    JsonNode last = new ObjectMapper().readTree(lines.get(3));
    assertThat(last.path("step").asLong()).isEqualTo(3);
    assertThat(last.path("measurements").path("distance_from_init").path("value").asDouble())
        .isCloseTo(Double.parseDouble(trained.out()), within(1e-6));
  }
}
