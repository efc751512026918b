package dev.gengap.compute.aparapi;

/**
 * An OpenCL device of this machine.
 *
 * @param index its place among all of them, from 0
 * @param platform the OpenCL implementation that drives it
 * @param name as the driver says
 * @param vendor of the implementation
 * @param memoryBytes its global memory
 * @param largestAllocationBytes most of it that one workspace can have
 * @param computeUnits what runs groups of work items side by side
 * @param maxGroupSize most work items of a group
 */
public record AparapiDevice(
    int index,
    String platform,
    String name,
    String vendor,
    Type type,
    long memoryBytes,
    long largestAllocationBytes,
    int computeUnits,
    int maxGroupSize) {

  /** What kind of hardware it is. */
  public enum Type {
    /** A graphics processor. */
    GPU,
    /** The processor of the machine. */
    CPU,
    /** Anything else. */
    ACCELERATOR
  }
}
