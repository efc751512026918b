package dev.gengap.experiment.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gengap.core.RunId;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.experiment.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedOnTest {
  private static final Device CARD = new Device(DeviceKind.OPENCL, 0, "card");
  private static final Device TWIN = new Device(DeviceKind.OPENCL, 1, "card");
  private static final Device OTHER = new Device(DeviceKind.OPENCL, 2, "other");

  @Test
  void bits_onATwinOfTheDevice_areTheSame() {
    assertThat(TrainedOn.bitsChanged(List.of(anew(CARD), resumed(TWIN)))).isFalse();
  }

  @Test
  void bits_onAnotherDevice_changeUnlessTheRunBeganAnew() {
    assertThat(TrainedOn.bitsChanged(List.of(anew(CARD), resumed(OTHER)))).isTrue();
    assertThat(TrainedOn.bitsChanged(List.of(anew(CARD), resumed(OTHER), resumed(OTHER)))).isTrue();
    assertThat(TrainedOn.bitsChanged(List.of(anew(CARD), resumed(OTHER), anew(CARD)))).isFalse();
    assertThat(TrainedOn.bitsChanged(List.of())).isFalse();
  }

  @Test
  void manifest_ofARunThatMoved_saysSoAndKeepsTheRest(@TempDir Path folder) throws IOException {
    RunFiles files = new RunFiles(new RunId("0123456789ab"), folder);
    Path manifest = folder.resolve("manifest.json");
    String before =
        Json.pretty(Json.parse("", "{\"p\": 1E-10, \"q\": 0.50, \"seed\": 9007199254740993}"));
    Files.writeString(manifest, before);

    files.writeTrainedOn(
        List.of(new TrainedOn(1, CARD, false, "out of memory"), new TrainedOn(2, OTHER, true, "")));

    String after = Files.readString(manifest);
    assertThat(after).contains("\"p\" : 1E-10", "\"q\" : 0.50", "\"seed\" : 9007199254740993");
    JsonNode all = Json.parse("", after);
    assertThat(all.get("bits_changed").asBoolean()).isTrue();
    assertThat(all.get("trained_on").get(0).get("device").asText()).isEqualTo("opencl:0 (card)");
    assertThat(all.get("trained_on").get(0).get("failure").asText()).isEqualTo("out of memory");
    assertThat(all.get("trained_on").get(1).get("resumed").asBoolean()).isTrue();
  }

  private static TrainedOn anew(Device device) {
    return new TrainedOn(1, device, false, "");
  }

  private static TrainedOn resumed(Device device) {
    return new TrainedOn(2, device, true, "");
  }
}
