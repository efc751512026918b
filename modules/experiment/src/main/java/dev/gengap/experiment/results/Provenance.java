package dev.gengap.experiment.results;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What made the results, besides the experiment file.
 *
 * @param versions of Gengap, Java and the libraries, by name
 * @param gitCommit of Gengap, if built from a repository
 * @param devices that computed, in words
 */
public record Provenance(
    Map<String, String> versions, Optional<String> gitCommit, List<String> devices) {
  public Provenance {
    versions = Map.copyOf(versions);
    devices = List.copyOf(devices);
  }

  Map<String, Object> json() {
    Map<String, Object> all = new TreeMap<>();
    all.put("versions", new TreeMap<>(versions));
    all.put("git_commit", gitCommit.orElse(null));
    all.put("devices", devices);
    return all;
  }
}
