package dev.gengap.cli.experiment;

import dev.gengap.cli.version.Version;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.results.Provenance;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this installation is made of, for manifests. */
final class Installation {
  private Installation() {}

  static Provenance provenance(Experiment experiment) {
    return new Provenance(
        Map.of(
            "gengap", Version.ofGengap(),
            "java", System.getProperty("java.version"),
            "os", System.getProperty("os.name") + " " + System.getProperty("os.arch")),
        Optional.ofNullable(System.getProperty("gengap.commit")).filter(c -> !c.isEmpty()),
        List.of(device() + ", " + experiment.devices().threads() + " threads a trainer"));
  }

  /** The device that computes, in words. */
  static String device() {
    return "cpu (nd4j, "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors)";
  }
}
