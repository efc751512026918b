package dev.gengap.cli.experiment;

import dev.gengap.actors.DeviceOffer;
import dev.gengap.cli.backend.LocalDevice;
import dev.gengap.cli.backend.LocalDevices;
import dev.gengap.cli.version.Version;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.experiment.DeviceChoice;
import dev.gengap.experiment.DeviceKind;
import dev.gengap.experiment.Devices;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.SlotCounts;
import dev.gengap.experiment.results.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What this installation is made of, for manifests. */
public final class Installation {
  private Installation() {}

  public static Provenance provenance(Experiment experiment) {
    return new Provenance(
        Map.of(
            "gengap", Version.ofGengap(),
            "java", System.getProperty("java.version"),
            "os", System.getProperty("os.name") + " " + System.getProperty("os.arch")),
        Optional.ofNullable(System.getProperty("gengap.commit")).filter(c -> !c.isEmpty()),
        List.of(
            LocalDevices.cpu().device()
                + ", "
                + experiment.devices().threads()
                + " threads a trainer"));
  }

  /** The processors, to be measured on and trained on as {@code asked}. */
  public static DeviceOffer cpu(Devices asked) {
    LocalDevice cpu = LocalDevices.cpu();
    return new DeviceOffer(
        cpu.device(), asked.slotsOf(cpu.units()), () -> cpu.open(asked.threads()));
  }

  /** The processors, to measure on with {@code threads} threads. */
  public static DeviceOffer cpu(int threads) {
    return cpu(new Devices(DeviceChoice.AUTO, threads, SlotCounts.of(0)));
  }

  /**
   * What the runs of {@code experiment} may be trained on: the devices it asks for, of the backends
   * its runs name.
   *
   * @throws dev.gengap.core.UserError if OpenCL is asked for and not installed, or has no such
   *     device
   */
  public static List<DeviceOffer> offers(Experiment experiment) {
    Devices asked = experiment.devices();
    Set<String> backends =
        experiment.runs().stream()
            .map(run -> run.config().compute().backend())
            .collect(Collectors.toSet());
    List<DeviceOffer> offers = new ArrayList<>();
    if (backends.contains(DeviceKind.CPU.backend()) && includes(asked, LocalDevices.cpu())) {
      offers.add(cpu(asked));
    }
    if (backends.contains(DeviceKind.OPENCL.backend())) {
      openCl(asked).forEach(local -> offers.add(openCl(local, asked)));
    }
    return offers;
  }

  /** Left to itself, a machine with graphics processors trains on those alone. */
  private static List<LocalDevice> openCl(Devices asked) {
    List<LocalDevice> found =
        LocalDevices.openCl().stream().filter(local -> includes(asked, local)).toList();
    if (found.isEmpty()) {
      throw new UserError(
          Problem.of("", "devices.use", asked.use(), "an OpenCL device of this machine")
              .withRemedy("gengap devices lists them"));
    }
    boolean graphics = found.stream().anyMatch(LocalDevice::graphics);
    return asked.use().isAuto() && graphics
        ? found.stream().filter(LocalDevice::graphics).toList()
        : found;
  }

  private static boolean includes(Devices asked, LocalDevice local) {
    return asked.use().includes(local.device());
  }

  private static DeviceOffer openCl(LocalDevice local, Devices asked) {
    return new DeviceOffer(local.device(), 1, () -> local.open(asked.threads()));
  }
}
