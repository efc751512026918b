package dev.gengap.compute.reference;

import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendConformance;

/** The reference's gradients are those of its own values; what is left says that cases hold. */
class ReferenceConformanceTest extends BackendConformance {
  @Override
  protected Backend newBackend() {
    return new ReferenceBackend();
  }
}
