package dev.gengap.compute.aparapi;

import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendConformance;

class AparapiConformanceTest extends BackendConformance {
  @Override
  protected Backend newBackend() {
    return AparapiBackend.create(OpenCl.serial());
  }
}
