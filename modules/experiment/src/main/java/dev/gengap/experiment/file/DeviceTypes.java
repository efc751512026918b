package dev.gengap.experiment.file;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.gengap.experiment.DeviceChoice;
import dev.gengap.experiment.SlotCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of the keys about devices. */
final class DeviceTypes {
  private static final String DEFAULT = "default";

  private DeviceTypes() {}

  /** A device or a list of them. */
  static ValueType<DeviceChoice> choice() {
    ValueType<DeviceChoice> one = ValueType.text(DeviceChoice.FORMS, DeviceChoice::parse);
    ValueType<List<DeviceChoice>> several = ValueType.listOf(one);
    return new ValueType<>(
        one.expected() + ", or a list of these",
        value ->
            one.read(value)
                .or(
                    () ->
                        several
                            .read(value)
                            .filter(list -> !list.isEmpty())
                            .map(DeviceChoice::anyOf)));
  }

  /** A count for all networks, or one for each. */
  static ValueType<SlotCounts> slots() {
    ValueType<Integer> count = ValueType.integer(0);
    return new ValueType<>(
        count.expected() + ", or {network = an integer ≥ 1, …, default = an integer ≥ 0}",
        value ->
            value instanceof ConfigObject object
                ? ofNetworks(object)
                : count.read(value).map(SlotCounts::of));
  }

  private static Optional<SlotCounts> ofNetworks(ConfigObject object) {
    int standard = 0;
    Map<String, Integer> ofNetwork = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      boolean isDefault = entry.getKey().equals(DEFAULT);
      Optional<Integer> count = ValueType.integer(isDefault ? 0 : 1).read(entry.getValue());
      if (count.isEmpty()) {
        return Optional.empty();
      }
      if (isDefault) {
        standard = count.get();
      } else {
        ofNetwork.put(entry.getKey(), count.get());
      }
    }
    return Optional.of(new SlotCounts(standard, ofNetwork));
  }
}
