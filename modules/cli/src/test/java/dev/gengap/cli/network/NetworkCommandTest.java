package dev.gengap.cli.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.cli.console.Console;
import dev.gengap.core.UserError;
import dev.gengap.monitor.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NetworkCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Console console = new Console(stream(), stream(), new Terminal(false));

  @Test
  void network_small_isATableWithTotals(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("net.conf"),
            """
            input = [2, 4, 4], classes = 3
            layers = [
              {type = conv2d, out = 4, kernel = [3, 1], padding = [1, 0], bias = false}
              {type = batch_norm}
              {type = concat, paths = [[{type = max_pool2d, kernel = 2}], [{type = avg_pool2d, kernel = 2}]]}
              {type = flatten}
              {type = linear, out = 3}
            ]
            """);
    run(file.toString(), "--batch", "10");
    assertThat(text())
        .isEqualTo(
            """
            layer               options                                           output  parameters  multiply-adds
            0 conv2d            out=4 kernel=3x1 stride=1 padding=1x0 bias=false   4x4x4          24            384
            1 batch_norm        epsilon=1.0E-5 momentum=0.1                        4x4x4           8
            2 concat                                                               8x2x2
              2.0.0 max_pool2d  kernel=2 stride=2 padding=0                        4x2x2
              2.1.0 avg_pool2d  kernel=2 stride=2 padding=0                        4x2x2
            3 flatten                                                                 32
            4 linear            out=3 bias=true                                        3          99             96

            input          2x4x4, 3 classes
            parameters     131 (0.00 MB in float32), and 8 running statistics
            multiply-adds  480 for one example, forward
            activations    0.01 MB for 10 examples: the outputs of all layers in float32
            """);
  }

  @Test
  void network_asJson_hasTotalsAndEveryLayer() throws IOException {
    run("inception-small", "--json", "--batch", "1");
    JsonNode network = new ObjectMapper().readTree(text());
    assertThat(network.get("parameters").asLong()).isEqualTo(1_652_826);
    assertThat(network.get("statistics").asLong()).isEqualTo(3_424);
    assertThat(network.get("multiplyAdds").asLong()).isEqualTo(204_219_680);
    assertThat(network.get("activationBytes").asLong()).isPositive();
    assertThat(network.get("layers").findValuesAsText("name")).contains("5.1.0", "12.0.2", "15");
    assertThat(network.at("/layers/0/output")).hasToString("[96,28,28]");
    assertThat(network.at("/layers/0/options/kernel").asInt()).isEqualTo(3);
  }

  @Test
  void network_forOtherData_takesItsShape() {
    run("lenet", "--input", "3,32,32", "--classes", "100");
    assertThat(text()).contains("input          3x32x32, 100 classes");
  }

  @Test
  void network_thatDoesNotFit_isAUserError() {
    assertThatThrownBy(() -> run("vgg-small", "--input", "3,28,28"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected: images of 32 × 32");
    assertThatThrownBy(() -> run("lenet", "--input", "1,0,28"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("input[1]: 0 (expected: a whole number ≥ 1)");
    assertThatThrownBy(() -> run("lenet", "--batch", "0"))
        .isInstanceOf(UserError.class)
        .hasMessage("--batch: 0 (expected: at least 1)");
    assertThatThrownBy(() -> run("no-such-network"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("one of alexnet-small");
  }

  /** Runs the command; what it throws is thrown on. */
  private void run(String... args) {
    NetworkCommand command = new NetworkCommand(console);
    new CommandLine(command).parseArgs(args);
    command.run();
  }

  private PrintStream stream() {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
