package dev.gengap.compute.aparapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AparapiDevicesTest {
  private AparapiDevice first;

  @BeforeEach
  void needsADevice() {
    first = OpenCl.device();
  }

  @Test
  void list_thisMachine_describesEveryDevice() {
    List<AparapiDevice> devices = AparapiDevices.list();
    assertThat(devices).isNotEmpty();
    for (int i = 0; i < devices.size(); i++) {
      AparapiDevice device = devices.get(i);
      assertThat(device.index()).isEqualTo(i);
      assertThat(device.name()).isNotBlank();
      assertThat(device.platform()).isNotBlank();
      assertThat(device.vendor()).isNotBlank();
      assertThat(device.memoryBytes()).isPositive();
      assertThat(device.largestAllocationBytes()).isPositive();
      assertThat(device.computeUnits()).isPositive();
      assertThat(device.maxGroupSize()).isPositive();
    }
  }

  @Test
  void find_indexKindOrPartOfTheName_isTheFirstSuchDevice() {
    assertThat(AparapiDevices.find("0")).isEqualTo(first);
    assertThat(AparapiDevices.find(first.type().name())).isEqualTo(first);
    String part = first.name().substring(1, 5).toUpperCase(Locale.ROOT);
    assertThat(AparapiDevices.find(part)).isEqualTo(first);
  }

  @Test
  void find_noSuchDevice_saysWhichThereAreAndWhatToInstall() {
    assertThatThrownBy(() -> AparapiDevices.find("no such device"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("OpenCL device: no such device (expected: one of: 0 ")
        .hasMessageContaining(first.name())
        .hasMessageContaining("apt-get install pocl-opencl-icd");
    assertThatThrownBy(() -> AparapiDevices.find("99")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> AparapiDevices.find("")).isInstanceOf(UserError.class);
  }
}
