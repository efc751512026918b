package dev.gengap.experiment;

/**
 * Something that computes. Immutable.
 *
 * @param kind what it is reached through
 * @param index among those of its kind, from 0
 * @param name for people, with everything that decides the bits of its results: model and driver
 */
public record Device(DeviceKind kind, int index, String name) {

  /** As experiment files ask for it: {@code cpu}, or {@code opencl:0}. */
  public String key() {
    return kind == DeviceKind.CPU ? kind.key() : kind.key() + ":" + index;
  }

  /** Whether the same operations give the same bits there. */
  public boolean hasBitsOf(Device other) {
    return kind == other.kind && name.equals(other.name);
  }

  @Override
  public String toString() {
    return key() + " (" + name + ")";
  }
}
