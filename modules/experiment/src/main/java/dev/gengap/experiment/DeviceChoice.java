package dev.gengap.experiment;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which devices an experiment asks for. Immutable.
 *
 * @param names each a kind, for all devices of it, or a device's key; or the word auto, for what
 *     the machine offers
 */
public record DeviceChoice(List<String> names) {
  /** What the machine offers. */
  public static final DeviceChoice AUTO = new DeviceChoice(List.of("auto"));

  /** The forms of a name, for messages and documentation. */
  public static final String FORMS =
      "one of auto, cpu, opencl, cuda, or opencl:N or cuda:N with N ≥ 0";

  private static final Pattern FORM = Pattern.compile("auto|cpu|(opencl|cuda)(:[0-9]{1,4})?");

  public DeviceChoice {
    names = List.copyOf(names);
  }

  /** The choice of one name; empty if it has another form. */
  public static Optional<DeviceChoice> parse(String name) {
    return Optional.of(name)
        .filter(text -> FORM.matcher(text).matches())
        .map(text -> new DeviceChoice(List.of(text)));
  }

  /** Everything that one of {@code choices} includes. */
  public static DeviceChoice anyOf(List<DeviceChoice> choices) {
    return new DeviceChoice(
        choices.stream().flatMap(choice -> choice.names().stream()).distinct().toList());
  }

  /** Whether the machine decides. */
  public boolean isAuto() {
    return names.contains("auto");
  }

  /** Whether {@code device} is asked for. */
  public boolean includes(Device device) {
    return isAuto() || names.contains(device.kind().key()) || names.contains(device.key());
  }

  /** Whether a device that {@code backend} computes on may be asked for. */
  public boolean serves(String backend) {
    return isAuto()
        || DeviceKind.of(backend).stream()
            .anyMatch(kind -> names.stream().anyMatch(name -> name.startsWith(kind.key())));
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
