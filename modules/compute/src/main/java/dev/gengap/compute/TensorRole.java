package dev.gengap.compute;

/** What a tensor is for, which decides when a device has to move it to or from the host. */
public enum TensorRole {
  /** Weights and biases: stay on the device, read when a snapshot is taken. */
  PARAMETERS,
  /** Velocities and the like: stay on the device, read when a resume point is taken. */
  OPTIMISER_STATE,
  /** Activations and gradients: never leave the device. */
  ACTIVATIONS,
  /** A minibatch: written before each pass. */
  INPUT,
  /** Outputs: read after each pass. */
  READ_OUT
}
