package dev.gengap.compute.aparapi;

import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendConformance;

/** What graphics processors run, on whatever device is here. */
class GroupKernelConformanceTest extends BackendConformance {
  @Override
  protected Backend newBackend() {
    return AparapiBackend.create(OpenCl.grouped());
  }
}
