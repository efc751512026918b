package dev.gengap.compute.nd4j;

import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendConformance;

class Nd4jConformanceTest extends BackendConformance {
  @Override
  protected Backend newBackend() {
    return Nd4jBackend.create(2);
  }
}
